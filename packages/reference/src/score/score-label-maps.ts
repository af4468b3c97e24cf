import { InputError } from '@softdice/core';
import { scoredClasses } from '../classes/scored-classes.js';
import { gridShape, poolingOf } from '../head/pooling.js';
import { metricCells } from '../metrics/metric-cells.js';
import { reducedScores } from '../metrics/reduced-scores.js';
import type { Float64Tensor } from '../tensor.js';
import { confusions, countsOf } from './confusion.js';
import {
  type CompleteLabelMapMetric,
  completeLabelMapMetric,
  type LabelMapMetric,
} from './label-map-metric.js';
import { checkLabelMaps, type LabelMaps } from './label-maps.js';

export type { LabelMaps } from './label-maps.js';

/**
 * Scores two label maps: what the `score` of the whole package gives, in a bundle of less than 5 kB.
 *
 * Pairs of labels are counted in one pass over the voxels, and every class is scored from these counts.
 *
 * @param metric - The score: `{ target: 'labels', decide: { kind: 'labels', channels: 4 } }` is the Dice
 *   of 4 labels for each sample and class, NaN where neither map has the class.
 * @param maps - Label maps `[N, ...spatial]` or `[N, 1, ...spatial]`; Uint8Array, Int32Array or any other
 *   array of numbers.
 * @returns The grid `[N, C']`, `[C']`, `[N]` or `[]`, or its mean, `[]`, `[N]` or `[C']`.
 * @throws SpecError - where the metric is none; lists every violation at once.
 * @throws InputError - where shapes or labels do not fit it; lists every violation at once.
 *
 * @example
 * ```ts
 * const metric = { target: 'labels', decide: { kind: 'labels', channels: 3 }, per: 'batch' } as const;
 * const shape = [1, 2, 3];
 * const { data } = score(metric, {
 *   prediction: { shape, data: Uint8Array.of(0, 1, 1, 0, 2, 2) },
 *   target: { shape, data: Uint8Array.of(0, 1, 1, 1, 2, 0) },
 * });
 * ```
 */
export function score(metric: LabelMapMetric, maps: LabelMaps): Float64Tensor {
  const complete = completeLabelMapMetric(metric);
  const { decide, target, per, reduction } = complete;
  const sizes = checkLabelMaps(complete, maps);
  const classes = classesOf(complete);
  const most = Math.max(decide.channels - 1, ...classes.flatMap((scored) => scored.target));
  const pooling = poolingOf(per);
  const pairs = confusions(maps, sizes, pooling.samples, decide.channels, most + 1, target.ignore);
  const counts = pairs.map((pair) => classes.map((scored) => countsOf(pair, scored)));
  const shape = gridShape(pooling, sizes.samples, classes.length);
  return reducedScores(reduction, shape, metricCells(complete, counts));
}

/** The scored classes, which the number of labels must have. */
function classesOf({
  classes,
  decide: { channels },
  weights,
}: CompleteLabelMapMetric): ReturnType<typeof scoredClasses> {
  const scored = scoredClasses(classes, channels);
  const merged = classes.kind === 'regions' && classes.merge === 'target';
  const least = 1 + Math.max(...scored.flatMap(({ prediction }) => prediction));
  const wanted = weights.kind === 'given' ? weights.values.length : scored.length;
  // Where the target alone is merged, a label of the prediction is a region.
  if (merged ? least !== channels : least > channels) {
    throw refused('decide.channels', `${merged ? '' : 'at least '}${least}`, channels);
  }
  if (wanted !== scored.length) throw refused('weights.values', `${scored.length}`, wanted);
  return scored;
}

function refused(path: string, expected: string, received: number): InputError {
  return new InputError([{ path: `metric.${path}`, expected, received: `${received}` }]);
}
