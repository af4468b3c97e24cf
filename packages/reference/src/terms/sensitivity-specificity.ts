import type { PlanTerm } from '@softdice/core';
import { activations } from '../activations/activation.js';
import { scoredClasses } from '../classes/scored-classes.js';
import { gridShape, poolingOf } from '../head/pooling.js';
import type { VoxelData } from '../inputs/voxel-data.js';
import { compensatedSum } from '../numeric/compensated-sum.js';
import { sizeOf } from '../tensor.js';
import { forEachPlane, type ScoredPlane } from './planes.js';
import { placeOf, pooledSums, type Sums, statisticsOf } from './pooled-sums.js';
import type { TermRule } from './term.js';

/** Mean squared errors inside and outside the target, as a plan has them. */
export type SensitivitySpecificityTerm = Extract<
  PlanTerm,
  { readonly kind: 'sensitivity-specificity' }
>;

type Symbol = 'Et' | 'T' | 'Eu' | 'U';

const symbols: readonly Symbol[] = ['Et', 'T', 'Eu', 'U'];

/**
 * `E = r Σ(t - p)² t / Σt + (1 - r) Σ(t - p)² (1 - t) / Σ(1 - t)` of every cell, s added to both
 * divisors and every voxel times w.
 *
 * `∂E/∂p = 2 w (p - t) (r t / (Σt + s) + (1 - r) (1 - t) / (Σ(1 - t) + s))`.
 *
 * Source: Brosch et al. 2015, doi:10.1007/978-3-319-24574-4_1; SegLossOdyssey `SSLoss` for s.
 */
export const sensitivitySpecificity: TermRule<SensitivitySpecificityTerm> = {
  lossShape: (term, { samples, channels }) => {
    const classes = scoredClasses(term.classes, channels).length;
    return term.reduction === 'none' ? gridShape(poolingOf(term.per), samples, classes) : [];
  },
  evaluate: (term, data) => {
    const { prediction, sizes } = data;
    const { sensitivityRatio: r, smoothing: s, reduction } = term;
    const activation = activations[term.activation];
    const classes = scoredClasses(term.classes, sizes.channels);
    const pooling = poolingOf(term.per);
    const p = activation.value(prediction, sizes);
    const planes: Sums<Symbol>[] = [];
    forEachPlane(classes, p, data, (plane) => planes.push(sumsOf(plane, data)));
    const shape = gridShape(pooling, sizes.samples, classes.length);
    const count = sizeOf(shape);
    const cellOf = (plane: number): number => placeOf(pooling, plane, classes.length, 'grid');
    const cells = pooledSums(symbols, planes, count, cellOf);
    const errors = cells.map(({ Et, T, Eu, U }) => r * (Et / (T + s)) + (1 - r) * (Eu / (U + s)));
    const share = reduction === 'mean' ? 1 / count : 1;
    const total = share * compensatedSum(count, (at) => errors[at] ?? 0);
    return {
      loss:
        reduction === 'none'
          ? { shape, data: Float64Array.from(errors) }
          : { shape: [], data: Float64Array.of(total) },
      scores: { shape, data: Float64Array.from(errors, (error) => 1 - error) },
      statistics: statisticsOf(symbols, planes, pooling, sizes.samples, classes.length),
      pullback: (cotangent) => {
        const byP = new Float64Array(p.length);
        forEachPlane(classes, p, data, (plane, at) => {
          const cell = cells[cellOf(at)] ?? { T: 0, U: 0 };
          const outer = share * (cotangent[reduction === 'none' ? cellOf(at) : 0] ?? 0);
          const inside = (2 * outer * r) / (cell.T + s);
          const outside = (2 * outer * (1 - r)) / (cell.U + s);
          const sample = Math.floor(at / classes.length);
          for (const channel of classes[at % classes.length]?.prediction ?? []) {
            const first = (sample * sizes.channels + channel) * sizes.voxels;
            for (let voxel = 0; voxel < sizes.voxels; voxel += 1) {
              const { error, t, u, w } = voxelOf(plane, data, voxel);
              const slope = w * error * (inside * t + outside * u);
              byP[first + voxel] = (byP[first + voxel] ?? 0) + slope;
            }
          }
        });
        return activation.pullback(prediction, p, byP, sizes);
      },
    };
  },
};

/** What a voxel adds to sums: p - t, t, what is left of 1 beside t, and its weight. */
interface Voxel {
  readonly error: number;
  readonly t: number;
  readonly u: number;
  readonly w: number;
}

function voxelOf({ p, t, mass, w }: ScoredPlane, { rescale }: VoxelData, at: number): Voxel {
  const target = t[at] ?? 0;
  // From the mass: 1 - t would keep the rounding of a t near 1. Shares of merged channels can sum to
  // more than 1 by rounding.
  const rest = 1 - rescale.offset - rescale.scale * (mass[at] ?? 0);
  return { error: (p[at] ?? 0) - target, t: target, u: Math.max(0, rest), w: w[at] ?? 0 };
}

/** The sums of one sample and class. */
function sumsOf(plane: ScoredPlane, data: VoxelData): Sums<Symbol> {
  const sum = (of: (voxel: Voxel) => number): number =>
    compensatedSum(plane.w.length, (at) => {
      const voxel = voxelOf(plane, data, at);
      return voxel.w * of(voxel);
    });
  return {
    Et: sum(({ error, t }) => error * error * t),
    T: sum(({ t }) => t),
    Eu: sum(({ error, u }) => error * error * u),
    U: sum(({ u }) => u),
  };
}
