import type { ScoredClass } from '../classes/scored-classes.js';
import type { HardCounts } from '../metrics/hard-counts.js';
import type { LabelMaps, MapSizes } from './label-maps.js';

/** How many voxels have label a in the prediction and label b in the target, of one or all samples. */
export interface Confusion {
  /** Row a, column b. */
  readonly counts: Float64Array;
  readonly columns: number;
}

/**
 * Counts pairs of labels, voxel by voxel: every count of every class is a sum of them.
 *
 * @param rows - Number of labels of the prediction.
 * @param columns - Number of labels of the target that are told apart; larger ones share one more.
 * @param ignore - Voxels whose target has this label count nowhere.
 */
export function confusions(
  { prediction, target }: LabelMaps,
  { samples, voxels }: MapSizes,
  pooled: boolean,
  rows: number,
  columns: number,
  ignore: number | undefined,
): readonly Confusion[] {
  const width = columns + 1;
  const all = Array.from({ length: pooled ? 1 : samples }, () => ({
    counts: new Float64Array(rows * width),
    columns: width,
  }));
  const [p, t] = [prediction.data, target.data];
  for (let sample = 0; sample < samples; sample += 1) {
    const { counts } = all[pooled ? 0 : sample] ?? { counts: new Float64Array(0) };
    const end = (sample + 1) * voxels;
    for (let at = sample * voxels; at < end; at += 1) {
      const label = t[at] ?? 0;
      if (label === ignore) continue;
      const place = (p[at] ?? 0) * width + Math.min(label, columns);
      counts[place] = (counts[place] ?? 0) + 1;
    }
  }
  return all;
}

/** I, P and T of a class from the pairs of its members. */
export function countsOf(
  { counts, columns }: Confusion,
  { prediction, target }: ScoredClass,
): HardCounts {
  let [I, P, T] = [0, 0, 0];
  counts.forEach((count, place) => {
    const p = prediction.includes(Math.floor(place / columns));
    const t = target.includes(place % columns);
    if (p) P += count;
    if (t) T += count;
    if (p && t) I += count;
  });
  return { I, P, T };
}
