import type { Builder } from '../expression/builder.js';
import type { Node } from '../expression/node.js';
import type { Plan, PlanTermOf } from '../plan/plan.js';
import { entropyWeights } from './entropy-weights.js';
import { hardest } from './hardest.js';
import type { TermRule } from './term.js';
import { voxelEntropy, voxelFactor } from './voxel-entropy.js';
import {
  classMap,
  encodedTarget,
  regionTarget,
  rescaled,
  type VoxelInputs,
  voxelWeight,
  weighed,
} from './voxels.js';

/**
 * Cross-entropy: X = sum w (cross-entropy of a voxel) per sample and class, and what it is divided by.
 * All of it adds over voxels; the coefficient of X does not depend on the prediction, unless X is divided
 * by F, the sum of the focal factors (Sofiiuk et al. 2019, arXiv:1909.07829: normalised focal loss).
 *
 * W = sum w, N = sum 1, M = sum w t. The scores are X / W, the mean over the voxels that count.
 *
 * Where only the hardest voxels count, X = sum s w (cross-entropy) and N = k / samples, so that the sum
 * of N is k; s depends on every voxel of the batch, so that nothing adds. The scores are X / N.
 */
export const crossEntropy: TermRule<'cross-entropy'> = {
  additive: ({ hardest }) => (hardest < 100 ? 'nothing' : 'voxels'),
  statistics: (b, plan, term, inputs) => {
    const { prediction } = inputs;
    const map = classMap(term.classes);
    const mass = channelTarget(b, plan, term, inputs);
    const e = term.labelSmoothing;
    const even = (): Node => b.div(b.real(e), b.count(prediction, 'channel'));
    const t = rescaled(b, mass, plan.rescale);
    const smoothed = e === 0 ? t : b.add(b.mul(b.real(1 - e), t), even());
    const w = voxelWeight(b, plan, inputs);
    const weighted = (x: Node): Node => weighed(b, w, x, smoothed);
    const scored = (x: Node): Node => b.toClass(x, map, prediction);
    /** A target that is even everywhere lacks the axes along which it is the same. */
    const sum = (x: Node): Node => {
      const all = x.axes.includes('sample') ? x : b.mul(x, b.ones(prediction, 'sample'));
      return scored(b.sum(all, ['voxel'], prediction));
    };
    const entropy = weighted(voxelEntropy(b, term, prediction, smoothed));
    if (term.hardest < 100) {
      const ofClass = scored(entropy);
      const s = hardest(b, term, ofClass);
      const k = b.sum(s, ['sample', 'voxel']);
      const perSample = b.div(k, b.count(prediction, 'sample'));
      return {
        X: b.sum(b.mul(s, ofClass), ['voxel']),
        N: scored(b.mul(b.ones(prediction, 'sample'), perSample)),
      };
    }
    // The sum of 1 over the voxels that this program sees: a statistic, which tiles add.
    const ones = b.mul(b.ones(prediction, 'sample'), b.count(prediction, 'voxel'));
    return {
      X: sum(entropy),
      W: scored(w === undefined ? ones : b.sum(w, ['voxel'])),
      ...(term.average === 'voxels' ? { N: scored(ones) } : {}),
      ...(term.average === 'focal-factors'
        ? { F: sum(weighted(voxelFactor(b, term, prediction, smoothed))) }
        : {}),
      ...(needsMass(term) ? { M: sum(weighted(mass)) } : {}),
    };
  },
  head: (b, term, statistic) => {
    const X = statistic('X');
    const W = statistic(term.hardest < 100 ? 'N' : 'W');
    const v = entropyWeights(b, term, statistic);
    const divisor = (): Node => {
      switch (term.average) {
        case 'voxels':
          return statistic('N');
        case 'valid':
          return W;
        case 'class-weighted':
          // On every class again: a quotient then has the grid's axes, also for a cotangent of 1.
          return b.mul(b.sum(b.mul(v, statistic('M')), ['class']), b.ones(W, 'class'));
        case 'focal-factors':
          return statistic('F');
        case 'nothing':
          return b.mul(b.ones(W, 'sample'), b.ones(W, 'class'));
      }
    };
    // What is divided by nothing is nothing, so any divisor above 0 gives 0. Focal factors are small
    // where p is right, and their inverse must not overflow.
    const least = b.real(term.average === 'focal-factors' ? 1e-6 : 1e-30);
    const over = (x: Node, size: Node): Node => b.div(x, b.max(size, least));
    const weighted = b.mul(v, X);
    const cells = (): Node => over(weighted, divisor());
    const mean = (): Node => over(b.sum(weighted, X.axes), b.sum(divisor(), X.axes));
    const loss = (): Node => {
      switch (term.reduction) {
        case 'class-sum':
          return b.mul(b.count(W, 'class'), mean());
        case 'mean':
          return mean();
        case 'sum':
          return b.sum(cells(), X.axes);
        case 'none':
          return cells();
      }
    };
    const weights = term.weights.kind === 'none' ? {} : { weights: v };
    return { loss: loss(), scores: b.div(X, b.max(W, b.real(1e-30))), ...weights };
  },
};

/** t over the channels, each of which may be a region of the labels. */
function channelTarget(
  b: Builder,
  plan: Plan,
  { classes }: PlanTermOf<'cross-entropy'>,
  inputs: VoxelInputs,
): Node {
  if (classes.kind !== 'regions') return encodedTarget(b, plan, inputs);
  const t = regionTarget(b, inputs, classes.regions);
  return b.toChannel(t, { kind: 'all' }, inputs.prediction, t);
}

/** Whether the target mass of the classes says what they weigh or what is divided by. */
function needsMass({ average, weights }: PlanTermOf<'cross-entropy'>): boolean {
  return average === 'class-weighted' || weights.kind === 'frequency';
}
