import type { Builder } from '../expression/builder.js';
import type { Node } from '../expression/node.js';
import type { PlanTermOf } from '../plan/plan.js';
import { activated } from './voxels.js';

type CrossEntropyTerm = PlanTermOf<'cross-entropy'>;

/** That a voxel has a class, or that it has not. */
export interface Outcome {
  /** q, what the prediction gives it. */
  readonly probability: Node;
  /** 1 - q, what is left to the other. */
  readonly rest: Node;
  /** -log q. */
  readonly surprise: Node;
}

/** Both outcomes at every voxel and channel. */
export interface Outcomes {
  readonly present: Outcome;
  readonly absent: () => Outcome;
}

/** The outcomes by the logarithm of a term. */
export function outcomesOf(b: Builder, term: CrossEntropyTerm, x: Node): Outcomes {
  const { activation, logarithm, floor } = term;
  const p = activated(b, x, activation);
  const negative = (y: Node): Node => b.mul(b.real(-1), y);
  const minusLog = (y: Node): Node => negative(b.log(y));
  /** The outcome of q, and with q and 1 - q exchanged the other one. */
  const both = (q: Node, rest: Node, surprise: (y: Node) => Node): Outcomes => ({
    present: { probability: q, rest, surprise: surprise(q) },
    absent: () => ({ probability: rest, rest: q, surprise: surprise(rest) }),
  });
  const difference = activation === 'sigmoid' ? b.sigmoid(negative(x)) : b.sub(b.real(1), p);
  // A p of 1 may be rounded up, and powers take no negative numbers.
  const complement =
    activation === 'sigmoid' || term.focus === 1 ? difference : b.max(difference, b.real(0));
  switch (logarithm.kind) {
    case 'floored':
      return floored();
    case 'clipped': {
      const clip = (y: Node): Node => b.min(b.max(y, b.real(floor)), b.real(1 - floor));
      return both(clip(p), clip(complement), minusLog);
    }
    case 'affine': {
      const { offset, scale } = logarithm;
      const surprise = (y: Node): Node => minusLog(b.add(b.real(offset), b.mul(b.real(scale), y)));
      return {
        present: { probability: p, rest: complement, surprise: surprise(p) },
        absent: () => ({ probability: difference, rest: p, surprise: surprise(difference) }),
      };
    }
  }

  function floored(): Outcomes {
    const plain = both(p, complement, (y) => minusLog(b.max(y, b.real(floor))));
    switch (activation) {
      case 'none':
        return plain;
      case 'softmax':
        return {
          present: { probability: p, rest: complement, surprise: negative(b.logSoftmax(x)) },
          absent: plain.absent,
        };
      case 'sigmoid':
        return {
          present: { probability: p, rest: complement, surprise: b.softplus(negative(x)) },
          absent: () => ({ probability: complement, rest: p, surprise: b.softplus(x) }),
        };
    }
  }
}
