import { activations } from '../activations/activation.js';
import { type ScoredClass, scoredClasses } from '../classes/scored-classes.js';
import { type Counting, countingOf } from '../counting/counting.js';
import { overlapHead } from '../head/overlap-head.js';
import { gridShape, poolingOf } from '../head/pooling.js';
import { reducedShape } from '../head/reduction.js';
import type { VoxelData } from '../inputs/voxel-data.js';
import type { OverlapTerm } from './overlap-term.js';
import { forEachPlane } from './planes.js';
import { countStatistics, targetMasses } from './statistics.js';
import type { TermRule } from './term.js';

/** The overlap of prediction and target: voxel sums, then the head on their grid. */
export const overlap: TermRule<OverlapTerm> = {
  lossShape: (term, { samples, channels }) => {
    const classes = scoredClasses(term.classes, channels).length;
    return reducedShape(term.reduction, gridShape(poolingOf(term.per), samples, classes));
  },
  evaluate: (term, data) => {
    const { prediction, sizes } = data;
    const activation = activations[term.activation];
    const classes = scoredClasses(term.classes, sizes.channels);
    const counting = countingOf(term.counting);
    const p = activation.value(prediction, sizes);
    const pooling = poolingOf(term.per);
    const statistics = countStatistics(counting, pooling, classes, p, data, targetMasses(term));
    const head = overlapHead(term, counting, statistics, sizes.samples, classes.length);
    return {
      loss: head.loss,
      scores: head.scores,
      statistics,
      pullback: (cotangent) => {
        const slopes = head.pullback(cotangent);
        const byP = slopesByP(counting, classes, pooling.samples, slopes, p, data);
        return activation.pullback(prediction, p, byP, sizes);
      },
    };
  },
};

/** Derivative by p: `w Σ_symbol slope · d map/dp`, to every channel that its class adds up. */
function slopesByP(
  counting: Counting,
  classes: readonly ScoredClass[],
  pooled: boolean,
  slopes: Readonly<Record<string, Float64Array>>,
  p: Float64Array,
  data: VoxelData,
): Float64Array {
  const { channels, voxels } = data.sizes;
  const byP = new Float64Array(p.length);
  const maps = Object.entries(counting.maps);
  forEachPlane(classes, p, data, (plane, cell) => {
    const sample = Math.floor(cell / classes.length);
    const column = cell % classes.length;
    for (const [symbol, map] of maps) {
      const slope = slopes[symbol]?.[pooled ? column : cell] ?? 0;
      for (const channel of classes[column]?.prediction ?? []) {
        const first = (sample * channels + channel) * voxels;
        for (let at = 0; at < voxels; at += 1) {
          const local = map.slope(plane.p[at] ?? 0, plane.t[at] ?? 0);
          byP[first + at] = (byP[first + at] ?? 0) + slope * (plane.w[at] ?? 0) * local;
        }
      }
    }
  });
  return byP;
}
