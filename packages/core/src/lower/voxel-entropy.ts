import type { Builder } from '../expression/builder.js';
import type { Node } from '../expression/node.js';
import type { PlanTermOf } from '../plan/plan.js';
import { type Outcome, outcomesOf } from './outcomes.js';

type CrossEntropyTerm = PlanTermOf<'cross-entropy'>;

/**
 * The cross-entropy of every voxel and channel, with `c(q) = f(q) (-log q)^exponent`, f the focal factor.
 *
 * categorical: `t c(p)`.
 * bernoulli: `positive t c(p) + negative (1 - t) c(1 - p)`.
 */
export function voxelEntropy(b: Builder, term: CrossEntropyTerm, prediction: Node, t: Node): Node {
  const outcomes = outcomesOf(b, term, prediction);
  const present = cost(b, term, outcomes.present);
  if (term.distribution === 'categorical') return b.mul(t, present);
  return b.add(
    b.mul(b.mul(b.real(term.positive), t), present),
    b.mul(b.mul(b.real(term.negative), b.sub(b.real(1), t)), cost(b, term, outcomes.absent())),
  );
}

/** The focal factor of the true outcome: `t f(p)`, bernoulli `t f(p) + (1 - t) f(1 - p)`. */
export function voxelFactor(b: Builder, term: CrossEntropyTerm, prediction: Node, t: Node): Node {
  const outcomes = outcomesOf(b, term, prediction);
  const factor = (outcome: Outcome): Node =>
    term.focus === 0 ? b.real(1) : focalFactor(b, term, outcome);
  const present = b.mul(t, factor(outcomes.present));
  return term.distribution === 'categorical'
    ? present
    : b.add(present, b.mul(b.sub(b.real(1), t), factor(outcomes.absent())));
}

/** `f(q) (-log q)^exponent`: what an outcome costs where it is the true one. */
function cost(b: Builder, term: CrossEntropyTerm, outcome: Outcome): Node {
  const { exponent, focus } = term;
  // A q that is rounded up beyond 1 has a negative surprise, and powers take no negative numbers.
  const surprise =
    exponent === 1 ? outcome.surprise : b.pow(b.max(outcome.surprise, b.real(0)), exponent);
  return focus === 0 ? surprise : b.mul(focalFactor(b, term, outcome), surprise);
}

/**
 * `(1 - q)^focus`, Lin et al. 2017, arXiv:1708.02002; reduced: 1 below the threshold and
 * `((1 - q) / threshold)^focus` from there, Sergievskiy and Ponamarev 2019, arXiv:1903.01347.
 */
function focalFactor(b: Builder, term: CrossEntropyTerm, { probability, rest }: Outcome): Node {
  const { focus, modulation } = term;
  switch (modulation.kind) {
    case 'plain':
      return b.pow(rest, focus);
    case 'reduced': {
      const threshold = b.real(modulation.threshold);
      const hard = b.less(probability, threshold);
      const easy = b.pow(b.div(rest, threshold), focus);
      return b.add(hard, b.mul(b.sub(b.real(1), hard), easy));
    }
  }
}
