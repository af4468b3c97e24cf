import { activations } from '../activations/activation.js';
import { scoredClasses } from '../classes/scored-classes.js';
import { clDiceCell, type Sums } from '../head/cl-dice-cell.js';
import { gridShape, poolingOf } from '../head/pooling.js';
import { compensatedSum } from '../numeric/compensated-sum.js';
import { softSkeleton } from '../skeleton/soft-skeleton.js';
import { sizeOf } from '../tensor.js';
import type { CenterlineDiceTerm } from './centerline-dice-term.js';
import { forEachPlane, type ScoredPlane } from './planes.js';
import { placeOf, pooledSums, statisticsOf } from './pooled-sums.js';
import type { TermRule } from './term.js';

const symbols: readonly (keyof Sums)[] = ['Spt', 'Sp', 'Stp', 'St'];

/**
 * clDice of every cell: precision and sensitivity of the skeletons, see {@link clDiceCell}.
 *
 * Source: Shit et al. 2021, arXiv:2003.07311; MONAI `SoftclDiceLoss`.
 */
export const centerlineDice: TermRule<CenterlineDiceTerm> = {
  lossShape: (term, { samples, channels }) => {
    const classes = scoredClasses(term.classes, channels).length;
    return term.reduction === 'none' ? gridShape(poolingOf(term.per), samples, classes) : [];
  },
  evaluate: (term, data) => {
    const { prediction, sizes, spatial } = data;
    const { samples } = sizes;
    const activation = activations[term.activation];
    const classes = scoredClasses(term.classes, sizes.channels);
    const pooling = poolingOf(term.per);
    const p = activation.value(prediction, sizes);
    const skeleton = (x: Float64Array) => softSkeleton(x.slice(), spatial, term.iterations);
    const planes = planeSums(classes.length * samples, (visit) =>
      forEachPlane(classes, p, data, (plane, cell) => {
        visit(cell, sumsOf(plane, skeleton(plane.p).value, skeleton(plane.t).value));
      }),
    );
    const cellOf = (plane: number): number => placeOf(pooling, plane, classes.length, 'grid');
    const shape = gridShape(pooling, samples, classes.length);
    const count = sizeOf(shape);
    const pooled = pooledSums(symbols, planes, count, cellOf);
    const cells = pooled.map((sums) => clDiceCell(sums, term.smoothing));
    const grid = term.reduction === 'none';
    const share = term.reduction === 'mean' ? 1 / count : 1;
    const losses = cells.map(({ score }) => share * (1 - score));
    const total = compensatedSum(count, (at) => losses[at] ?? 0);
    return {
      loss: grid
        ? { shape, data: Float64Array.from(losses) }
        : { shape: [], data: Float64Array.of(total) },
      scores: { shape, data: Float64Array.from(cells, ({ score }) => score) },
      statistics: statisticsOf(symbols, planes, pooling, samples, classes.length),
      pullback: (cotangent) => {
        const byP = new Float64Array(p.length);
        forEachPlane(classes, p, data, (plane, at) => {
          const slopes = cells[cellOf(at)]?.slopes;
          if (slopes === undefined) return;
          const outer = -share * (cotangent[grid ? cellOf(at) : 0] ?? 0);
          const skeletonT = skeleton(plane.t).value;
          const { t, w } = plane;
          const bySkeleton = w.map((weight, voxel) => {
            return outer * weight * (slopes.Spt * (t[voxel] ?? 0) + slopes.Sp);
          });
          const through = skeleton(plane.p).pullback(bySkeleton);
          const slopeAt = (voxel: number): number =>
            (through[voxel] ?? 0) + outer * (w[voxel] ?? 0) * slopes.Stp * (skeletonT[voxel] ?? 0);
          const sample = Math.floor(at / classes.length);
          for (const channel of classes[at % classes.length]?.prediction ?? []) {
            const first = (sample * sizes.channels + channel) * sizes.voxels;
            for (let voxel = 0; voxel < sizes.voxels; voxel += 1) {
              byP[first + voxel] = (byP[first + voxel] ?? 0) + slopeAt(voxel);
            }
          }
        });
        return activation.pullback(prediction, p, byP, sizes);
      },
    };
  },
};

/** The sums of one sample and class. */
function sumsOf({ p, t, w }: ScoredPlane, ofP: Float64Array, ofT: Float64Array): Sums {
  const sum = (of: (at: number) => number): number =>
    compensatedSum(w.length, (at) => (w[at] ?? 0) * of(at));
  return {
    Spt: sum((at) => (ofP[at] ?? 0) * (t[at] ?? 0)),
    Sp: sum((at) => ofP[at] ?? 0),
    Stp: sum((at) => (ofT[at] ?? 0) * (p[at] ?? 0)),
    St: sum((at) => ofT[at] ?? 0),
  };
}

function planeSums(
  count: number,
  fill: (visit: (cell: number, sums: Sums) => void) => void,
): readonly Sums[] {
  const found = Array.from({ length: count }, (): Sums => ({ Spt: 0, Sp: 0, Stp: 0, St: 0 }));
  fill((cell, sums) => {
    found[cell] = sums;
  });
  return found;
}
