import { scoredClasses } from '../classes/scored-classes.js';
import type { VoxelData } from '../inputs/voxel-data.js';
import { compensatedSum } from '../numeric/compensated-sum.js';
import type { Float64Tensor } from '../tensor.js';
import type { CrossEntropyTerm } from './cross-entropy-term.js';
import { entropyShares } from './entropy-shares.js';
import { forEachPlane, type ScoredPlane } from './planes.js';
import { surpriseOf } from './surprise.js';
import type { TermRule } from './term.js';

/** Cross-entropy: a linear function of `X = Σ w · (cross-entropy of a voxel)` per sample and class. */
export const crossEntropy: TermRule<CrossEntropyTerm> = {
  lossShape: (term, { samples, channels }) =>
    term.reduction === 'none' ? [samples, scoredClasses(term.classes, channels).length] : [],
  evaluate: (term, data) => {
    const { prediction, sizes } = data;
    const classes = scoredClasses(term.classes, sizes.channels);
    const surprise = surpriseOf(term);
    const u = surprise.variable(prediction, sizes);
    const shape = [sizes.samples, classes.length];
    const targetOf = smoothing(term, data);
    /** A sum over the voxels of each sample and class. */
    const summed = (of: (plane: ScoredPlane, at: number) => number): Float64Tensor => {
      const sums = new Float64Array(sizes.samples * classes.length);
      forEachPlane(classes, u, data, (plane, cell) => {
        sums[cell] = compensatedSum(sizes.voxels, (at) => of(plane, at));
      });
      return { shape, data: sums };
    };
    const statistics: Readonly<Record<string, Float64Tensor>> = {
      X: summed(
        ({ p, t, w }, at) => (w[at] ?? 0) * surprise.value(p[at] ?? 0, targetOf(t[at] ?? 0)),
      ),
      W: summed(({ w }, at) => w[at] ?? 0),
      ...(term.average === 'voxels' ? { N: summed(() => 1) } : {}),
      ...(term.average === 'class-weighted' || term.weights.kind === 'frequency'
        ? { M: summed(({ mass, w }, at) => (w[at] ?? 0) * (mass[at] ?? 0)) }
        : {}),
    };
    const shares = entropyShares(term, statistics, classes.length);
    const X = statistics['X']?.data ?? new Float64Array();
    const grid = term.reduction === 'none';
    const cells = X.map((sum, cell) => (shares[cell] ?? 0) * sum);
    const total = compensatedSum(cells.length, (cell) => cells[cell] ?? 0);
    return {
      loss: grid ? { shape, data: cells } : { shape: [], data: Float64Array.of(total) },
      scores: {
        shape,
        data: X.map((sum, cell) => sum / Math.max(statistics['W']?.data[cell] ?? 0, 1e-30)),
      },
      statistics,
      pullback: (cotangent) => {
        const byU = new Float64Array(u.length);
        forEachPlane(classes, u, data, ({ p, t, w }, cell) => {
          const outer = (cotangent[grid ? cell : 0] ?? 0) * (shares[cell] ?? 0);
          const sample = Math.floor(cell / classes.length);
          const channel = classes[cell % classes.length]?.prediction[0] ?? 0;
          const first = (sample * sizes.channels + channel) * sizes.voxels;
          for (let at = 0; at < sizes.voxels; at += 1) {
            const slope = surprise.slope(p[at] ?? 0, targetOf(t[at] ?? 0));
            byU[first + at] = outer * (w[at] ?? 0) * slope;
          }
        });
        return surprise.pullback(prediction, byU, sizes);
      },
    };
  },
};

/** `t' = (1 - e) t + e / C` over all C channels. Source: torch `cross_entropy`, label_smoothing. */
function smoothing(
  { labelSmoothing }: CrossEntropyTerm,
  { sizes }: VoxelData,
): (t: number) => number {
  const even = labelSmoothing / sizes.channels;
  return (t) => (1 - labelSmoothing) * t + even;
}
