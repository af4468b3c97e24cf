import { scoredClasses } from '../classes/scored-classes.js';
import type { VoxelData } from '../inputs/voxel-data.js';
import { compensatedSum } from '../numeric/compensated-sum.js';
import type { Float64Tensor } from '../tensor.js';
import type { CrossEntropyTerm } from './cross-entropy-term.js';
import { entropyShares, factorSlopes } from './entropy-shares.js';
import { selectionOf } from './hardest.js';
import { forEachPlane, type ScoredPlane } from './planes.js';
import { surpriseOf } from './surprise.js';
import type { TermRule } from './term.js';

/**
 * Cross-entropy: a linear function of `X = Σ s w · (cross-entropy of a voxel)`  per sample and class, s
 * being 1, or 0 for voxels that are not among the hardest; or its quotient by F, the same sum of the focal
 * factors.
 *
 * The selection is constant where no two voxels change places, so that the derivative goes through the
 * selected voxels alone.
 */
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
    /** `w · (cross-entropy of a voxel)`. */
    const entropy = ({ p, t, w }: ScoredPlane, at: number): number =>
      (w[at] ?? 0) * surprise.value(p[at] ?? 0, targetOf(t[at] ?? 0));
    const selection = selectionOf(term, sizes.samples * sizes.voxels, (visit) =>
      forEachPlane(classes, u, data, (plane, cell) => {
        const { sample, column } = placeOf(cell, classes.length);
        for (let at = 0; at < sizes.voxels; at += 1) {
          visit(sample * sizes.voxels + at, column, entropy(plane, at));
        }
      }),
    );
    /** A sum over the voxels of each sample and class. */
    const summed = (of: (plane: ScoredPlane, at: number) => number): Float64Tensor => {
      const sums = new Float64Array(sizes.samples * classes.length);
      forEachPlane(classes, u, data, (plane, cell) => {
        const first = placeOf(cell, classes.length).sample * sizes.voxels;
        sums[cell] = compensatedSum(
          sizes.voxels,
          (at) => selection.share(first + at) * of(plane, at),
        );
      });
      return { shape, data: sums };
    };
    const perSample = selection.size / sizes.samples;
    const statistics: Readonly<Record<string, Float64Tensor>> = {
      X: summed(entropy),
      ...(term.hardest === 100 ? { W: summed(({ w }, at) => w[at] ?? 0) } : {}),
      ...(term.average === 'voxels'
        ? { N: { shape, data: new Float64Array(sizes.samples * classes.length).fill(perSample) } }
        : {}),
      ...(term.average === 'focal-factors'
        ? {
            F: summed(
              ({ p, t, w }, at) => (w[at] ?? 0) * surprise.factor(p[at] ?? 0, targetOf(t[at] ?? 0)),
            ),
          }
        : {}),
      ...(term.average === 'class-weighted' || term.weights.kind === 'frequency'
        ? { M: summed(({ mass, w }, at) => (w[at] ?? 0) * (mass[at] ?? 0)) }
        : {}),
    };
    const shares = entropyShares(term, statistics, classes.length);
    const byF = factorSlopes(term, shares, statistics);
    const X = statistics['X']?.data ?? new Float64Array();
    const grid = term.reduction === 'none';
    const losses = X.map((sum, cell) => (shares[cell] ?? 0) * sum);
    const total = compensatedSum(losses.length, (cell) => losses[cell] ?? 0);
    const counted = statistics[term.hardest === 100 ? 'W' : 'N']?.data;
    return {
      loss: grid ? { shape, data: losses } : { shape: [], data: Float64Array.of(total) },
      scores: {
        shape,
        data: X.map((sum, cell) => sum / Math.max(counted?.[cell] ?? 0, 1e-30)),
      },
      statistics,
      pullback: (cotangent) => {
        const byU = new Float64Array(u.length);
        forEachPlane(classes, u, data, ({ p, t, w }, cell) => {
          const outer = cotangent[grid ? cell : 0] ?? 0;
          const [share, factorSlope] = [shares[cell] ?? 0, byF[cell]];
          const { sample, column } = placeOf(cell, classes.length);
          const channel = classes[column]?.prediction[0] ?? 0;
          const first = (sample * sizes.channels + channel) * sizes.voxels;
          for (let at = 0; at < sizes.voxels; at += 1) {
            const [ofP, ofT] = [p[at] ?? 0, targetOf(t[at] ?? 0)];
            const entropy = share * surprise.slope(ofP, ofT);
            const factors =
              factorSlope === undefined ? 0 : factorSlope * surprise.factorSlope(ofP, ofT);
            const counts = selection.share(sample * sizes.voxels + at) * (w[at] ?? 0);
            byU[first + at] = outer * counts * (entropy + factors);
          }
        });
        return surprise.pullback(prediction, byU, sizes);
      },
    };
  },
};

/** The sample and the scored class of a cell of the grid [N, C']. */
function placeOf(
  cell: number,
  classes: number,
): { readonly sample: number; readonly column: number } {
  return { sample: Math.floor(cell / classes), column: cell % classes };
}

/** `t' = (1 - e) t + e / C` over all C channels. Source: torch `cross_entropy`, label_smoothing. */
function smoothing(
  { labelSmoothing }: CrossEntropyTerm,
  { sizes }: VoxelData,
): (t: number) => number {
  const even = labelSmoothing / sizes.channels;
  return (t) => (1 - labelSmoothing) * t + even;
}
