import { inputProblems, maskChannels, targetIsSparse } from '../plan/inputs.js';
import type { Plan } from '../plan/plan.js';
import { looksAtNeighbours } from '../plan/spatial-rank.js';
import type { Condition } from './domain.js';

/** The inputs that two losses both take. */
export interface Common {
  /** Numbers of channels that both take. */
  readonly channels: readonly number[];
  /** Conditions that the targets and masks of both must meet. */
  readonly declared: readonly Condition[];
  /** Whether both take any number as a prediction, or one takes probabilities alone. */
  readonly prediction: 'logits' | 'probabilities';
  /** Whether a mask matters to either. */
  readonly masks: boolean;
  /** Whether the target of both can be ignored. */
  readonly ignores: boolean;
  /** Whether the places of voxels matter. */
  readonly neighbours: boolean;
}

/** What two losses both take; no numbers of channels where no network fits both. */
export function commonInputs(a: Plan, b: Plan): Common {
  const both = [a, b];
  const hard = both.some(({ target }) => target.kind !== 'soft');
  const exclusive = both.some(
    ({ target }) => target.kind === 'labels' || target.kind === 'one-hot',
  );
  const masked = both.filter((plan) => maskChannels(plan) !== 'none');
  const ignores = both.every(({ target }) => 'ignore' in target && target.ignore !== undefined);
  return {
    channels: [1, 2, 3, 4, 5, 6, 7, 8].filter((channels) =>
      both.every((plan) => fits(plan, channels)),
    ),
    declared: [
      ...(exclusive ? (['one class per voxel'] as const) : []),
      ...(hard && !exclusive ? (['hard targets'] as const) : []),
      ...(masked.some(({ voxels }) => voxels.kind !== 'weights')
        ? (['a mask of 0 and 1'] as const)
        : []),
      ...(ignores ? [] : (['no ignored voxel'] as const)),
    ],
    prediction: both.some(({ terms }) => terms.some(({ activation }) => activation === 'none'))
      ? 'probabilities'
      : 'logits',
    masks: masked.length > 0,
    ignores,
    neighbours: both.some(looksAtNeighbours),
  };
}

function fits(plan: Plan, channels: number): boolean {
  const prediction = [1, channels, 2, 2];
  const sparse = [1, 2, 2];
  const shapes = {
    prediction,
    target: targetIsSparse(plan) ? sparse : prediction,
    mask: { none: undefined, one: sparse, all: prediction }[maskChannels(plan)],
  };
  return inputProblems(plan, shapes).length === 0;
}
