import type { Rules } from '../rules.js';
import type { CrossEntropyTerm } from './cross-entropy-term.js';
import type { Outcome } from './outcome-cost.js';

type Logarithm = CrossEntropyTerm['logarithm'];

/** An outcome from a probability q, the rest `1 - q`, and the derivative of q. */
export type OutcomeOf = (q: number, r: number, dq: number) => Outcome;

/** 1 inside an interval, 0 outside, half at its ends. */
function insideOf(x: number, least: number, most: number): number {
  if (x === least || x === most) return least === most ? 0.25 : 0.5;
  return x > least && x < most ? 1 : 0;
}

const rules: Rules<Logarithm, (floor: number) => OutcomeOf> = {
  /** `-log max(q, f)`: no derivative below f. */
  floored: () => (floor) => (q, r, dq) => ({
    q,
    r,
    dq,
    s: -Math.log(Math.max(q, floor)),
    ds: (-insideOf(q, floor, Number.POSITIVE_INFINITY) * dq) / Math.max(q, floor),
  }),
  /** `c = clip(q, f, 1 - f)` takes the place of q. Source: Keras, `K.clip(y, epsilon, 1 - epsilon)`. */
  clipped: () => (floor) => (q, r, dq) => {
    const inside = insideOf(q, floor, 1 - floor);
    const clipped = Math.min(Math.max(q, floor), 1 - floor);
    return {
      q: clipped,
      r: Math.min(Math.max(r, floor), 1 - floor),
      dq: inside * dq,
      s: -Math.log(clipped),
      ds: (-inside * dq) / clipped,
    };
  },
  /** `-log(a + b q)`. Source: PyMIC `ExpLogLoss`, with a = 0.005 and b = 0.99. */
  affine:
    ({ offset, scale }) =>
    () =>
    (q, r, dq) => ({
      q,
      r,
      dq,
      s: -Math.log(offset + scale * q),
      ds: (-scale * dq) / (offset + scale * q),
    }),
};

/** The outcome of a probability by the logarithm of a term. */
export function outcomeRule({ logarithm, floor }: CrossEntropyTerm): OutcomeOf {
  return ruleOf(logarithm)(floor);
}

function ruleOf<K extends Logarithm['kind']>(
  logarithm: Extract<Logarithm, { readonly kind: K }>,
): (floor: number) => OutcomeOf {
  return rules[logarithm.kind](logarithm);
}
