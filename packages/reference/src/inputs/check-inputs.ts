import { channelUse, checkInputs, InputError, type Plan, type Problem } from '@softdice/core';
import { sameShape, type Tensor } from '../tensor.js';
import { type Expectation, finite, hard, labels, valueProblems, weight } from './value-problems.js';

/** What a loss is evaluated on, channels first. */
export interface LossInputs {
  /** `[N, C, ...spatial]`, before the activation. */
  readonly prediction: Tensor;
  /** As the spec's target says: `[N, ...spatial]`, `[N, 1, ...spatial]` or `[N, C, ...spatial]`. */
  readonly target: Tensor;
  /** Where the spec's voxels ask for it, shaped as they say. */
  readonly mask?: Tensor | undefined;
  /** Factors of the loss, shaped like it; ones by default. */
  readonly cotangent?: Tensor | undefined;
}

/**
 * Checks the shapes of prediction, target and mask.
 *
 * @throws InputError - listing every shape that does not fit the plan.
 */
export function checkShapes(plan: Plan, { prediction, target, mask }: LossInputs): void {
  checkInputs(plan, { prediction: prediction.shape, target: target.shape, mask: mask?.shape });
}

/**
 * Checks the values of inputs whose shapes fit, and the shape of the cotangent.
 *
 * @throws InputError - listing, for each input that is not as expected, its first bad value.
 */
export function checkValues(plan: Plan, inputs: LossInputs, lossShape: readonly number[]): void {
  const { prediction, target, mask, cotangent } = inputs;
  const problems = [
    ...valueProblems('prediction', prediction, finite),
    ...valueProblems('target', target, targetValues(plan, prediction.shape[1] ?? 0)),
    ...(mask === undefined
      ? []
      : valueProblems('mask', mask, plan.voxels.kind === 'weights' ? weight : finite)),
    ...(cotangent === undefined ? [] : cotangentProblems(cotangent, lossShape)),
  ];
  if (problems.length > 0) throw new InputError(problems);
}

function targetValues({ target, terms }: Plan, channels: number): Expectation {
  // A soft target outside [0, 1] has a value by the formula, though no property is claimed for it.
  if (target.kind === 'soft') return finite;
  if (target.kind === 'binary') return hard(target.ignore);
  if (target.kind !== 'labels') return hard(undefined);
  const unbounded = terms.every((term) => {
    const { classes } = channelUse(term);
    return classes.kind === 'regions' && classes.merge === 'target';
  });
  return labels(unbounded ? Number.POSITIVE_INFINITY : channels, target.ignore);
}

function cotangentProblems(cotangent: Tensor, shape: readonly number[]): readonly Problem[] {
  if (sameShape(cotangent.shape, shape)) return valueProblems('cotangent', cotangent, finite);
  const expected = `shape [${shape}] of the loss`;
  return [{ path: 'cotangent', expected, received: `[${cotangent.shape}]` }];
}
