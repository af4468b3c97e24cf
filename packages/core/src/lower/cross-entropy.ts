import type { Node } from '../expression/node.js';
import type { PlanTermOf } from '../plan/plan.js';
import { entropyWeights } from './entropy-weights.js';
import type { TermRule } from './term.js';
import { voxelEntropy } from './voxel-entropy.js';
import { classMap, encodedTarget, rescaled, voxelWeight } from './voxels.js';

/**
 * Cross-entropy: X = sum w (cross-entropy of a voxel) per sample and class, and what it is divided by.
 * All of it adds over voxels; the coefficient of X does not depend on the prediction.
 *
 * W = sum w, N = sum 1, M = sum w t. The scores are X / W, the mean over the voxels that count.
 */
export const crossEntropy: TermRule<'cross-entropy'> = {
  additive: () => 'voxels',
  statistics: (b, plan, term, inputs) => {
    const { prediction } = inputs;
    const map = classMap(term.classes);
    const mass = encodedTarget(b, plan, inputs);
    const e = term.labelSmoothing;
    const even = (): Node => b.div(b.real(e), b.count(prediction, 'channel'));
    const t = rescaled(b, mass, plan.rescale);
    const smoothed = e === 0 ? t : b.add(b.mul(b.real(1 - e), t), even());
    const w = voxelWeight(b, plan, inputs);
    const scored = (x: Node): Node => b.toClass(x, map, prediction);
    const sum = (x: Node): Node => scored(b.sum(w === undefined ? x : b.mul(w, x), ['voxel']));
    // The sum of 1 over the voxels that this program sees: a statistic, which tiles add.
    const ones = b.mul(b.ones(prediction, 'sample'), b.count(prediction, 'voxel'));
    return {
      X: sum(voxelEntropy(b, term, prediction, smoothed)),
      W: scored(w === undefined ? ones : b.sum(w, ['voxel'])),
      ...(term.average === 'voxels' ? { N: scored(ones) } : {}),
      ...(needsMass(term) ? { M: sum(mass) } : {}),
    };
  },
  head: (b, term, statistic) => {
    const [X, W] = [statistic('X'), statistic('W')];
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
        case 'nothing':
          return b.mul(b.ones(W, 'sample'), b.ones(W, 'class'));
      }
    };
    // What is divided by nothing is nothing, so any divisor above 0 gives 0.
    const over = (x: Node, size: Node): Node => b.div(x, b.max(size, b.real(1e-30)));
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
    return { loss: loss(), scores: over(X, W), ...weights };
  },
};

/** Whether the target mass of the classes says what they weigh or what is divided by. */
function needsMass({ average, weights }: PlanTermOf<'cross-entropy'>): boolean {
  return average === 'class-weighted' || weights.kind === 'frequency';
}
