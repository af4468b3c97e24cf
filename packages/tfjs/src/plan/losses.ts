import { InputError, type Plan } from '@softdice/core';
import { checkTensors } from '../check.js';
import { directGradient, type GradientInputs, type ValueAndGradient } from '../direct-gradient.js';
import type { Layout } from '../layout.js';
import { opPasses } from '../op-passes.js';
import { type PassesOfPlan, passesOf } from '../passes.js';
import { type LossFunction, tapedLoss } from '../taped-loss.js';

/**
 * Makes a Keras-style loss function of a plan, by tfjs's own ops.
 *
 * It is `lossFunction` of `@softdice/tfjs` without parser and kernels, for pages that count their bytes:
 * `planOf(spec)` is made when the page is built, and shipped as JSON.
 *
 * @throws InputError - at once, where it is no plan of this version; later, from the function, for
 *   tensors that do not fit the plan, before any of them is touched.
 *
 * @example
 * ```ts
 * import { dice, planOf } from '@softdice/core';
 *
 * const plan = JSON.parse(JSON.stringify(planOf(dice({ activation: 'softmax' }))));
 * model.compile({ optimizer: 'adam', loss: lossFunction(plan) });
 * ```
 */
export function lossFunction(plan: Plan, layout: Layout = 'channelsLast'): LossFunction {
  const passes = opPassesOf(plan, layout);
  return tapedLoss(passes, (inputs) => checkTensors(plan, layout, inputs));
}

/**
 * Makes a function that computes a plan's loss and its gradient directly, by tfjs's own ops.
 *
 * @throws InputError - as {@link lossFunction} does.
 */
export function valueAndGradient(
  plan: Plan,
  layout: Layout = 'channelsLast',
): (inputs: GradientInputs) => ValueAndGradient {
  const passes = opPassesOf(plan, layout);
  return directGradient(passes, (inputs) => checkTensors(plan, layout, inputs));
}

function opPassesOf(plan: Plan, layout: Layout): PassesOfPlan {
  // Terms get their names when a plan is made: a spec may lack them, and much else.
  if (plan.format !== 1 || plan.terms.some(({ name }) => name === undefined)) {
    const fix = 'make it with planOf(spec) of @softdice/core, in this version';
    const received = `format ${String(plan.format)}`;
    throw new InputError([{ path: 'plan', expected: 'a plan of format 1', received, fix }]);
  }
  return passesOf(plan, layout, opPasses);
}
