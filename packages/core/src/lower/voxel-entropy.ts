import type { Builder } from '../expression/builder.js';
import type { Node } from '../expression/node.js';
import type { PlanTermOf } from '../plan/plan.js';
import { activated } from './voxels.js';

type CrossEntropyTerm = PlanTermOf<'cross-entropy'>;

/**
 * The cross-entropy of every voxel and channel, of logits by stable functions of the logits.
 *
 * categorical: `t (1 - p)^focus (-log p)`.
 * bernoulli: `positive t (1 - p)^focus (-log p) + (1 - t) p^focus (-log(1 - p))`.
 */
export function voxelEntropy(b: Builder, term: CrossEntropyTerm, prediction: Node, t: Node): Node {
  const parts = partsOf(b, term, prediction);
  const present = focused(b, term.focus, parts.complement, parts.present);
  if (term.distribution === 'categorical') return b.mul(t, present);
  return b.add(
    b.mul(b.mul(b.real(term.positive), t), present),
    b.mul(b.sub(b.real(1), t), focused(b, term.focus, parts.p, parts.absent())),
  );
}

interface Parts {
  readonly p: Node;
  /** 1 - p. */
  readonly complement: Node;
  /** -log p. */
  readonly present: Node;
  /** -log(1 - p). */
  readonly absent: () => Node;
}

function partsOf(b: Builder, { activation, floor }: CrossEntropyTerm, x: Node): Parts {
  const p = activated(b, x, activation);
  const negative = (y: Node): Node => b.mul(b.real(-1), y);
  const surprise = (y: Node): Node => negative(b.log(b.max(y, b.real(floor))));
  // A p of 1 may be rounded up, and powers take no negative numbers.
  const complement = b.max(b.sub(b.real(1), p), b.real(0));
  switch (activation) {
    case 'softmax':
      return {
        p,
        complement,
        present: negative(b.logSoftmax(x)),
        absent: () => surprise(complement),
      };
    case 'sigmoid':
      return {
        p,
        complement: b.sigmoid(negative(x)),
        present: b.softplus(negative(x)),
        absent: () => b.softplus(x),
      };
    case 'none':
      return { p, complement, present: surprise(p), absent: () => surprise(complement) };
  }
}

function focused(b: Builder, focus: number, base: Node, entropy: Node): Node {
  return focus === 0 ? entropy : b.mul(b.pow(base, focus), entropy);
}
