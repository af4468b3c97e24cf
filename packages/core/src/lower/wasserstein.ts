import type { Builder } from '../expression/builder.js';
import type { Axis, Node } from '../expression/node.js';
import type { PlanTermOf } from '../plan/plan.js';
import type { TermRule } from './term.js';
import { activated, classMap, encodedTarget, rescaled, voxelWeight, weighed } from './voxels.js';

/**
 * Generalised Wasserstein Dice: V = sum w t and D = sum w t (M p) per sample and class, M the distances.
 *
 * Source: Fidon et al. 2017, arXiv:1707.00478, equations 6 to 9; `volume`: Fidon et al. 2020,
 * arXiv:2011.01614, appendix, and the GWDL package.
 */
export const wasserstein: TermRule<'wasserstein'> = {
  additive: () => 'voxels',
  statistics: (b, plan, term, inputs) => {
    const scored = (x: Node): Node =>
      x.axes.includes('channel') ? b.toClass(x, classMap({ kind: 'all' })) : x;
    const p = activated(b, inputs.prediction, term.activation);
    const t = scored(rescaled(b, encodedTarget(b, plan, inputs), plan.rescale));
    const weight = voxelWeight(b, plan, inputs);
    const w = weight && scored(weight);
    const apart = b.toClass(p, { kind: 'matrix', rows: term.distances });
    const over: readonly Axis[] = term.per === 'everything' ? ['sample', 'voxel'] : ['voxel'];
    const sum = (x: Node): Node => b.sum(weighed(b, w, x), over);
    return { V: sum(t), D: sum(b.mul(apart, t)) };
  },
  head: (b, term, statistic) => {
    const { smoothing, reduction } = term;
    const [V, D] = [statistic('V'), statistic('D')];
    const weights = classWeights(b, term, V);
    const merged = (x: Node): Node => b.sum(x, ['class']);
    const truePositives = b.mul(b.real(2), merged(b.mul(weights, b.sub(V, D))));
    const size =
      term.weighting === 'volume'
        ? merged(b.mul(weights, b.sub(b.mul(b.real(2), V), D)))
        : b.add(truePositives, merged(D));
    const smoothed = b.add(size, b.real(smoothing.denominator));
    const scores = b.div(
      b.add(truePositives, b.real(smoothing.numerator)),
      smoothing.floor === 0 ? smoothed : b.max(smoothed, b.real(smoothing.floor)),
    );
    const cells = b.sub(b.real(1), scores);
    const total = (): Node => b.sum(cells, cells.axes);
    const loss = {
      none: () => cells,
      sum: total,
      mean: () => b.div(total(), b.sum(b.real(1), cells.axes, scores)),
    };
    return { loss: loss[reduction](), scores, weights };
  },
};

/** a: the weight of each class among the true positives. */
function classWeights(b: Builder, term: PlanTermOf<'wasserstein'>, volume: Node): Node {
  const { weighting, distances } = term;
  return weighting === 'volume'
    ? b.div(b.real(1), b.add(volume, b.real(1)))
    : b.vector(distances.map((_, at) => (at === 0 ? 0 : 1)));
}
