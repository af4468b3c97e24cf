import type { PlanTerm } from '@softdice/core';
import { activations } from '../activations/activation.js';
import { scoredClasses } from '../classes/scored-classes.js';
import type { VoxelData } from '../inputs/voxel-data.js';
import { compensatedSum } from '../numeric/compensated-sum.js';
import type { Float64Tensor } from '../tensor.js';
import { forEachPlane } from './planes.js';
import type { TermRule } from './term.js';
import { type WassersteinScore, wassersteinScore } from './wasserstein-score.js';

/** The generalised Wasserstein Dice of prediction and target, as a plan has it. */
export type WassersteinTerm = Extract<PlanTerm, { readonly kind: 'wasserstein' }>;

/**
 * `L = 1 - s` per sample or of all samples. A voxel of class l is wrong by `W = Σ_c M_lc p_c`, the
 * Wasserstein distance of p from the class; a soft target mixes these with its t_l.
 *
 * Source: Fidon et al. 2017, arXiv:1707.00478, equation 6 for W, 7 to 9 for the score.
 */
export const wasserstein: TermRule<WassersteinTerm> = {
  lossShape: (term, { samples }) =>
    term.reduction === 'none' && term.per === 'merged-image' ? [samples] : [],
  evaluate: (term, data) => {
    const { prediction, sizes } = data;
    const activation = activations[term.activation];
    const p = activation.value(prediction, sizes);
    const rows = term.per === 'everything' ? 1 : sizes.samples;
    const classes = sizes.channels;
    const statistics = sumsOf(term, p, data);
    const [V, D] = [statistics['V'], statistics['D']];
    const scores = Array.from({ length: rows }, (_, row) => {
      const part = (sums: Float64Tensor | undefined): readonly number[] => [
        ...(sums?.data ?? []).slice(row * classes, (row + 1) * classes),
      ];
      return wassersteinScore(term, part(V), part(D));
    });
    const grid = term.per === 'everything' ? [] : [rows];
    const losses = scores.map(({ score }) => 1 - score);
    const total = compensatedSum(rows, (row) => losses[row] ?? 0);
    const whole = { none: undefined, sum: total, mean: total / rows }[term.reduction];
    return {
      loss:
        whole === undefined
          ? { shape: grid, data: Float64Array.from(losses) }
          : { shape: [], data: Float64Array.of(whole) },
      scores: { shape: grid, data: Float64Array.from(scores, ({ score }) => score) },
      statistics,
      pullback: (cotangent) => {
        const outer = (row: number): number => {
          if (term.reduction === 'none') return cotangent[row] ?? 0;
          return (cotangent[0] ?? 0) / (term.reduction === 'mean' ? rows : 1);
        };
        const byP = slopesByP(term, p, data, scores, outer);
        return activation.pullback(prediction, p, byP, sizes);
      },
    };
  },
};

/** `V_l = Σ w t_l` and `D_l = Σ w t_l Σ_c M_lc p_c`, samples added up where they share a score. */
function sumsOf(
  { distances, per }: WassersteinTerm,
  p: Float64Array,
  data: VoxelData,
): Readonly<Record<string, Float64Tensor>> {
  const { samples, channels, voxels } = data.sizes;
  const volumes = new Float64Array(samples * channels);
  const errors = new Float64Array(samples * channels);
  forEachPlane(everyClass(channels), p, data, ({ t, w }, cell) => {
    const first = (cell - (cell % channels)) * voxels;
    const row = distances[cell % channels] ?? [];
    const apart = (at: number): number =>
      row.reduce((sum, distance, c) => sum + distance * (p[first + c * voxels + at] ?? 0), 0);
    volumes[cell] = compensatedSum(voxels, (at) => (w[at] ?? 0) * (t[at] ?? 0));
    errors[cell] = compensatedSum(voxels, (at) => (w[at] ?? 0) * (t[at] ?? 0) * apart(at));
  });
  const pooled = (cells: Float64Array): Float64Tensor => {
    if (per === 'merged-image') return { shape: [samples, channels], data: cells };
    const total = (_: unknown, l: number): number =>
      compensatedSum(samples, (sample) => cells[sample * channels + l] ?? 0);
    return { shape: [channels], data: Float64Array.from({ length: channels }, total) };
  };
  return { V: pooled(volumes), D: pooled(errors) };
}

/** `∂L/∂p_c = Σ_l (∂L/∂D_l) w t_l M_lc` at each voxel. */
function slopesByP(
  { distances }: WassersteinTerm,
  p: Float64Array,
  data: VoxelData,
  scores: readonly WassersteinScore[],
  outer: (row: number) => number,
): Float64Array {
  const { channels, voxels } = data.sizes;
  const byP = new Float64Array(p.length);
  forEachPlane(everyClass(channels), p, data, ({ t, w }, cell) => {
    const sample = Math.floor(cell / channels);
    const row = scores.length === 1 ? 0 : sample;
    const slope = -outer(row) * (scores[row]?.byError[cell % channels] ?? 0);
    distances[cell % channels]?.forEach((distance, c) => {
      const first = (sample * channels + c) * voxels;
      for (let at = 0; at < voxels; at += 1) {
        const factor = (w[at] ?? 0) * (t[at] ?? 0) * distance;
        byP[first + at] = (byP[first + at] ?? 0) + slope * factor;
      }
    });
  });
  return byP;
}

const everyClass = (channels: number): ReturnType<typeof scoredClasses> =>
  scoredClasses({ kind: 'all' }, channels);
