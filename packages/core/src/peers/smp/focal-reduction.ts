import type { Situation } from '../situation.js';
import type { Mode } from './inputs.js';

/** The arguments of SMP's focal loss. */
export interface FocalArguments {
  readonly mode: Mode;
  readonly alpha: number | null;
  readonly gamma: number;
  readonly ignore_index: number | null;
  readonly from_logits: boolean;
  readonly reduction: 'mean' | 'sum' | 'batchwise_mean' | 'none' | null;
  readonly normalized: boolean;
  readonly class_weights: readonly number[] | null;
}

/** How the elements become the loss. */
export interface Scale {
  /** What is added rather than averaged: all, the samples, or nothing. */
  readonly summed: 'all' | 'samples' | 'none';
  readonly factor: number;
  /** The channels that are reduced apart, each with its share in the loss; one for all at once. */
  readonly groups: readonly { readonly channel: number; readonly share: number }[];
}

/**
 * The reduction of SMP's focal loss.
 *
 * Each class is reduced apart, then averaged by weight; before `main` labels add their classes and planes
 * are one list. 'batchwise_mean' sums the first axis: that of the samples, or of a list.
 */
export function scaleOf(args: FocalArguments, situation: Situation): Scale {
  const { channels, since, refuse } = situation;
  const flat = args.mode === 'binary' || (args.mode === 'multilabel' && !since('main'));
  const shares = sharesOf(args, situation);
  const groups = flat
    ? [{ channel: 0, share: 1 }]
    : Array.from({ length: channels }, (_, channel) => ({ channel, share: shares[channel] ?? 0 }));
  const reduction = args.reduction ?? 'none';
  const list = flat || args.ignore_index !== null;
  if (reduction === 'mean') {
    return { summed: 'none', factor: again(args, situation, flat ? 'list' : 'class'), groups };
  }
  if (reduction === 'sum' || (reduction === 'batchwise_mean' && list)) {
    return { summed: 'all', factor: 1, groups };
  }
  // What is left is averaged over the classes, and so over the voxels, in the end.
  if (flat || !since('main')) {
    refuse('reduction', "'mean' | 'sum'", `'${reduction}' gives a value per voxel here`);
  }
  if (args.class_weights !== null) {
    refuse('class_weights', `null with reduction '${reduction}'`, 'SMP would weigh voxels by them');
  }
  return reduction === 'none'
    ? { summed: 'none', factor: again(args, situation, 'class'), groups }
    : { summed: 'samples', factor: again(args, situation, 'sample'), groups };
}

/** Shares of the classes in the loss. */
function sharesOf(
  { mode, class_weights: weights }: FocalArguments,
  { channels, since, refuse }: Situation,
): readonly number[] {
  if (!since('main') && weights === null) return Array<number>(channels).fill(1);
  if (weights === null) return Array<number>(channels).fill(1 / channels);
  if (mode === 'binary') refuse('class_weights', "null with mode 'binary'", 'SMP raises an error');
  const values = weights.map(Math.fround);
  const total = values.reduce((sum, value) => sum + value, 0);
  if (weights.length !== channels || total === 0) {
    refuse('class_weights', `${channels} numbers, one per channel, not all 0`);
    return [];
  }
  return values.map((value) => value / total);
}

/** A mean of what is normalised divides by the number of its elements again. */
function again(
  { normalized, ignore_index }: FocalArguments,
  { channels, samples, voxels, exact, odd }: Situation,
  elements: 'list' | 'class' | 'sample',
): number {
  if (!normalized) return 1;
  if (exact && ignore_index === null && samples !== undefined && voxels !== undefined) {
    const counts = { list: samples * channels * voxels, class: samples * voxels, sample: voxels };
    return 1 / counts[elements];
  }
  odd('normalized', {
    expected:
      "false, or reduction 'sum', or context.samples and context.voxels without ignore_index",
    peer: 'SMP divides by the sum of the focal factors, and then by the number of voxels too',
    here: 'the quotient by the sum of the focal factors',
  });
  return 1;
}
