import type { Axis, Node } from '../expression/node.js';
import { reduced } from './reduction.js';
import { softSkeleton } from './skeleton.js';
import type { TermRule } from './term.js';
import {
  activated,
  classMap,
  encodedTarget,
  regionTarget,
  rescaled,
  voxelWeight,
  weighed,
} from './voxels.js';

/**
 * clDice: with S the soft skeleton, `Sp = sum w S(p)`, `Spt = sum w S(p) t`, `St = sum w S(t)`,
 * `Stp = sum w S(t) p`, precision `(Spt + s) / (Sp + s)`, sensitivity `(Stp + s) / (St + s)`; the
 * score is their harmonic mean, the loss 1 minus it.
 *
 * Skeletons are those of whole maps: weights and masks change the sums, not the skeletons. A tile
 * lacks the neighbours beyond its border, so that the sums add over samples only.
 *
 * Source: Shit et al. 2021, arXiv:2003.07311, equations 1 to 3; MONAI `SoftclDiceLoss`.
 */
export const centerlineDice: TermRule<'centerline-dice'> = {
  additive: () => 'samples',
  statistics: (b, plan, term, inputs, spatialRank) => {
    const { classes, iterations, per } = term;
    const map = classMap(classes);
    // A skeleton is many passes over its map: what is not scored gets none.
    const scored = (x: Node): Node => (x.axes.includes('channel') ? b.toClass(x, map) : x);
    const p = scored(activated(b, inputs.prediction, term.activation));
    const encoded =
      classes.kind === 'regions' && classes.merge === 'target'
        ? regionTarget(b, inputs, classes.regions)
        : scored(encodedTarget(b, plan, inputs));
    const t = rescaled(b, encoded, plan.rescale);
    const weight = voxelWeight(b, plan, inputs);
    const w = weight && scored(weight);
    const over: readonly Axis[] =
      per === 'batch' || per === 'everything' ? ['sample', 'voxel'] : ['voxel'];
    const skeletonP = softSkeleton(b, p, spatialRank, iterations);
    const skeletonT = softSkeleton(b, t, spatialRank, iterations);
    const sum = (x: Node): Node => b.sum(weighed(b, w, x, skeletonP), over);
    return {
      Spt: sum(b.mul(skeletonP, t)),
      Sp: sum(skeletonP),
      Stp: sum(b.mul(p, skeletonT)),
      St: sum(skeletonT),
    };
  },
  head: (b, term, statistic) => {
    const s = b.real(term.smoothing);
    const merges = term.per === 'merged-image' || term.per === 'everything';
    const total = (symbol: string): Node => {
      const sum = statistic(symbol);
      return b.add(merges ? b.sum(sum, ['class']) : sum, s);
    };
    const precision = b.div(total('Spt'), total('Sp'));
    const sensitivity = b.div(total('Stp'), total('St'));
    // A quotient first: the product of two small ratios could underflow.
    const share = b.div(sensitivity, b.add(precision, sensitivity));
    const score = b.mul(b.real(2), b.mul(precision, share));
    const cells = b.sub(b.real(1), score);
    return { loss: reduced(b, { cells, like: score, reduction: term.reduction }), scores: score };
  },
};
