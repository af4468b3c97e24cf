import { InputError, type LossSpec, type Plan, planOf, shown } from '@softdice/core';
import type * as tf from '@tensorflow/tfjs';
import { type Layout, layouts } from './layout.js';
import { lossFunction } from './loss-function.js';
import { checkOutput } from './model-output.js';
import { completeOptions, type LossOptions } from './options.js';
import type { LossFunction } from './taped-loss.js';

/** One thing for a model of one output, or one for each output by its name. */
export type PerOutput<T> = T | Readonly<Record<string, T>>;

/** What stands in the metadata of a saved model, under the name `softdice`. */
interface KeptLoss {
  readonly format: 1;
  readonly layout: Layout;
  readonly loss: PerOutput<Plan>;
}

const key = 'softdice';

/**
 * Makes the loss function of a model and keeps the loss in the model, so that it is saved and comes back by
 * {@link lossOf}: the plan travels as JSON in the model's user-defined metadata.
 *
 * tfjs itself cannot save a loss that is a function. With `includeOptimizer` it would write `{}` for it, and
 * the loaded model would train on no loss at all; functions of this package throw there instead.
 *
 * @param model - The model, of known outputs.
 * @param spec - A loss for the only output, or one for each output by its name; tfjs adds them up.
 * @returns What `compile` takes as its loss.
 * @throws SpecError - where a spec is none; lists every violation.
 * @throws InputError - for unknown options, an output that is not there or has no loss, an output whose
 *   channels do not fit its spec, and a spec with a mask, which tfjs's models give to no loss.
 *
 * @example
 * ```ts
 * const spec = dice({ activation: 'softmax' });
 * model.compile({ optimizer: 'adam', loss: withLoss(model, spec) });
 * // After model.save(…) and tf.loadLayersModel(…):
 * model.compile({ optimizer: 'adam', loss: lossOf(model) });
 * ```
 */
export function withLoss(
  model: tf.LayersModel,
  spec: LossSpec,
  options?: LossOptions,
): LossFunction;
export function withLoss(
  model: tf.LayersModel,
  spec: Readonly<Record<string, LossSpec>>,
  options?: LossOptions,
): Readonly<Record<string, LossFunction>>;
export function withLoss(
  model: tf.LayersModel,
  spec: PerOutput<LossSpec>,
  options: LossOptions = {},
): PerOutput<LossFunction> {
  const { layout } = completeOptions(options);
  const loss = each(spec, planOf);
  checkOutputs(model, loss, layout);
  const functions = each(loss, (plan) => lossFunction(plan, options));
  // Metadata is plain JSON: plans are frozen, and tfjs takes no undefined.
  const kept: KeptLoss = JSON.parse(JSON.stringify({ format: 1, layout, loss }));
  model.setUserDefinedMetadata({ ...model.getUserDefinedMetadata(), [key]: kept });
  return functions;
}

/**
 * The loss function of a model that {@link withLoss} has kept there, before or after saving and loading.
 *
 * @param options - Who computes and whether numbers are checked; the layout is the model's own.
 * @throws InputError - where the model keeps no loss, or one of another version.
 *
 * @example
 * ```ts
 * withLoss(model, dice({ activation: 'softmax' }));
 * model.compile({ optimizer: 'sgd', loss: lossOf(model) });
 * ```
 */
export function lossOf(
  model: tf.LayersModel,
  options: Omit<LossOptions, 'layout'> = {},
): PerOutput<LossFunction> {
  const { loss, layout } = keptIn(model);
  return each(loss, (plan) => lossFunction(plan, { ...options, layout }));
}

/**
 * The plan of the loss that a model keeps, or one for each output: for its metrics, or to be explained.
 *
 * @throws InputError - as {@link lossOf} does.
 */
export function planIn(model: tf.LayersModel): PerOutput<Plan> {
  return each(keptIn(model).loss, planOf);
}

function keptIn(model: tf.LayersModel): KeptLoss {
  const kept = (model.getUserDefinedMetadata() as Readonly<Record<string, unknown>> | undefined)?.[
    key
  ];
  const { format, layout, loss } = (kept ?? {}) as Partial<KeptLoss>;
  if (format === 1 && loss !== undefined && layout !== undefined && layouts.includes(layout)) {
    return { format, layout, loss };
  }
  const expected = 'a model that keeps a loss of format 1';
  const fix =
    'call withLoss(model, spec) before it is saved, or compile it with lossFunction(spec)';
  throw new InputError([{ path: 'model', expected, received: shown(kept), fix }]);
}

function checkOutputs(model: tf.LayersModel, loss: PerOutput<Plan>, layout: Layout): void {
  const { outputNames, outputs } = model;
  if (isOne(loss)) {
    if (outputs.length !== 1) throw wrongOutputs(outputNames, `one loss`);
    checkOutput(loss, layout, outputs[0]?.shape ?? []);
    return;
  }
  const given = Object.keys(loss);
  if (given.toSorted().join() !== [...outputNames].sort().join()) {
    throw wrongOutputs(outputNames, shown(given));
  }
  outputNames.forEach((name, at) => {
    const plan = loss[name];
    if (plan !== undefined) checkOutput(plan, layout, outputs[at]?.shape ?? [], name);
  });
}

function wrongOutputs(names: readonly string[], received: string): InputError {
  const expected = `a loss for each of the outputs ${names.map((name) => `'${name}'`).join(', ')}`;
  const fix = 'give an object of specs by output name';
  return new InputError([{ path: 'spec', expected, received, fix }]);
}

function isOne<T extends object>(value: PerOutput<T>): value is T {
  return Array.isArray((value as { readonly terms?: unknown }).terms);
}

function each<A extends object, B>(value: PerOutput<A>, f: (value: A) => B): PerOutput<B> {
  if (isOne(value)) return f(value);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, f(one as A)]));
}
