import type { OverlapOptions } from '../../presets/options.js';
import type { ArgumentValues } from '../argument.js';
import type { Situation } from '../situation.js';
import { specTarget } from '../spec-target.js';

/** The arguments that Keras' overlap losses share. */
export const kerasArguments = {
  reduction: {
    kind: {
      type: 'word',
      words: ['sum_over_batch_size', 'sum', 'mean', 'mean_with_sample_weight', 'none'],
    },
    none: true,
    default: 'sum_over_batch_size',
    use: 'honoured',
    note: "reduction; without a sample weight 'mean_with_sample_weight' is the mean. 'mean' and it came with 3.7",
  },
  name: {
    kind: { type: 'text' },
    none: true,
    default: null,
    use: 'no effect',
    note: 'a label',
  },
  axis: {
    kind: { type: 'list', items: { type: 'integer' }, single: true },
    none: true,
    default: null,
    use: 'in part',
    note: 'per: all spatial axes with or without samples and channels, everything by default; others leave a value per voxel',
  },
  dtype: {
    kind: { type: 'text' },
    none: true,
    default: null,
    use: 'no effect',
    note: 'what Keras computes in; a spec does not say it, float32 at least is summed accurately',
    since: '3.4',
  },
} as const;

/** `keras.config.epsilon()`. */
const epsilon = 1e-7;

/**
 * What Keras' overlap losses share: one ratio over the axes `axis`, all of them by default, with epsilon
 * in its denominator; no activation.
 *
 * Source: Keras 3.16, keras/src/losses/losses.py and loss.py (`reduce_weighted_values`).
 */
export function kerasOptions(
  args: ArgumentValues<typeof kerasArguments>,
  situation: Situation,
): OverlapOptions {
  const { channels, target, since, note, refuse, refuseContext } = situation;
  const { reduction } = args;
  const late = reduction === 'mean' || reduction === 'mean_with_sample_weight';
  if (late && !since('3.7')) {
    refuse('reduction', "'sum_over_batch_size' | 'sum' | 'none'", `'${reduction}' came with 3.7`);
  }
  if (target === 'sparse' && channels > 1) {
    refuseContext('target', "'onehot' | 'soft'", 'Keras multiplies target and prediction');
  }
  if (reduction === 'mean_with_sample_weight') {
    note('a sample weight of Keras is no part of the loss; without one the reduction is the mean');
  }
  if (args.dtype === 'float16' || args.dtype === 'bfloat16') {
    note(`Keras computes in ${args.dtype}, here sums are those of float32 at least`);
  }
  return {
    target: specTarget(target ?? 'onehot', channels),
    per: perOf(args.axis, situation),
    smoothing: { numerator: 0, denominator: epsilon },
    reduction:
      reduction === 'sum' ? 'sum' : reduction === 'none' || reduction === null ? 'none' : 'mean',
  };
}

/** Which sums make a score; axis 0 holds the samples. */
function perOf(
  axis: number | readonly number[] | null,
  { rank, channelsLast, refuse }: Situation,
): NonNullable<OverlapOptions['per']> {
  if (axis === null) return 'everything';
  const axes = rank + 2;
  const listed = typeof axis === 'number' ? [axis] : axis;
  const summed = new Set(listed.map((at) => (at < 0 ? at + axes : at)));
  const channel = channelsLast ? axes - 1 : 1;
  const spatial = Array.from({ length: axes }, (_, at) => at).filter(
    (at) => at !== 0 && at !== channel,
  );
  const known = [...summed].every((at) => at >= 0 && at < axes) && summed.size === listed.length;
  if (!known || !spatial.every((at) => summed.has(at))) {
    const fix = 'a value per voxel is none of a loss here';
    refuse('axis', `null, or all of ${spatial.join(', ')}, and 0 or ${channel}, each once`, fix);
  }
  if (summed.has(0)) return summed.has(channel) ? 'everything' : 'batch';
  return summed.has(channel) ? 'merged-image' : 'image';
}
