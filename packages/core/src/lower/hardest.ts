import type { Builder } from '../expression/builder.js';
import type { Node } from '../expression/node.js';
import type { PlanTermOf } from '../plan/plan.js';

type CrossEntropyTerm = PlanTermOf<'cross-entropy'>;

/**
 * s: 1 for the voxels of the batch whose `sum over the scored classes of v l` is largest, 0 for others;
 * voxels tied for the last places share them. An ignored voxel has l = 0 and can be one of them.
 *
 * Source: Wu et al. 2016, arXiv:1605.06885 (hard pixels by their loss); nnU-Net `TopKLoss`.
 *
 * @param l - The cross-entropy of each voxel and scored class, times w.
 */
export function hardest(b: Builder, { weights, hardest }: CrossEntropyTerm, l: Node): Node {
  const v = weights.kind === 'given' ? b.vector(weights.values) : b.real(1);
  return b.top(b.sum(b.mul(v, l), ['class']), Math.round(hardest * 1e4));
}
