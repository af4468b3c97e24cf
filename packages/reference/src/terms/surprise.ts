import type { PredictionSizes } from '../activations/activation.js';
import { activations } from '../activations/activation.js';
import type { CrossEntropyTerm } from './cross-entropy-term.js';
import { logSoftmax, logSoftmaxPullback } from './log-softmax.js';
import { outcomeRule } from './logarithms.js';
import { costOf, factorOf, type Outcome } from './outcome-cost.js';

/** The cross-entropy of one voxel and channel as a function of t and of a variable u. */
export interface Surprise {
  /** u over all channels: log p for a softmax, the logit for a sigmoid, else p. */
  readonly variable: (prediction: Float64Array, sizes: PredictionSizes) => Float64Array;
  readonly value: (u: number, t: number) => number;
  /** Derivative by u. */
  readonly slope: (u: number, t: number) => number;
  /** The focal factor of the true outcome, and its derivative by u. */
  readonly factor: (u: number, t: number) => number;
  readonly factorSlope: (u: number, t: number) => number;
  /** Derivative by the prediction of a function of u whose derivative by u is `slope`. */
  readonly pullback: Pullback;
}

type Pullback = (
  prediction: Float64Array,
  slope: Float64Array,
  sizes: PredictionSizes,
) => Float64Array;

/** Both outcomes at a voxel as functions of u. */
interface Outcomes extends Pick<Surprise, 'variable' | 'pullback'> {
  readonly present: (u: number) => Outcome;
  /** Left out where classes are exclusive: absence then costs nothing. */
  readonly absent?: (u: number) => Outcome;
}

/** `log(1 + e^x) = -log σ(-x)`, the exponential on the side where it is small. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** `σ(x) = e^{-log(1 + e^-x)}`. */
function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

/**
 * Of `u = log p`: `q = e^u`, by u q; `1 - q = -expm1(u)`; `s = -u`.
 *
 * Source: MONAI `softmax_focal_loss`; without focus torch `cross_entropy`.
 */
function ofLogits(): Outcomes {
  return {
    variable: logSoftmax,
    present: (u) => ({ q: Math.exp(u), dq: Math.exp(u), r: -Math.expm1(u), s: -u, ds: -1 }),
    pullback: logSoftmaxPullback,
  };
}

/**
 * Of a logit x: `p = σ(x)`, by x `σ(x) σ(-x)`, and with -x for x the other outcome.
 *
 * Source: MONAI `sigmoid_focal_loss`; without focus torch `binary_cross_entropy_with_logits`.
 */
function ofLogit(term: CrossEntropyTerm): Outcomes {
  const rule = outcomeRule(term);
  const stable = term.logarithm.kind === 'floored';
  const outcome = (x: number, sign: 1 | -1): Outcome => {
    const [q, r] = [sigmoid(x), sigmoid(-x)];
    const dq = sign * q * r;
    // -log σ(x) = softplus(-x), by x -σ(-x).
    return stable ? { q, r, dq, s: softplus(-x), ds: -sign * r } : rule(q, r, dq);
  };
  return {
    variable: (prediction) => prediction,
    present: (x) => outcome(x, 1),
    absent: (x) => outcome(-x, -1),
    pullback: (_, slope) => slope,
  };
}

/** Of p itself, given or from the softmax that is before it. */
function ofProbability(term: CrossEntropyTerm): Outcomes {
  const rule = outcomeRule(term);
  const activation = activations[term.activation];
  return {
    variable: activation.value,
    present: (p) => rule(p, 1 - p, 1),
    absent: (p) => rule(1 - p, p, -1),
    pullback: (prediction, slope, sizes) =>
      activation.pullback(prediction, activation.value(prediction, sizes), slope, sizes),
  };
}

const table: {
  readonly [K in CrossEntropyTerm['activation']]: (term: CrossEntropyTerm) => Outcomes;
} = {
  softmax: (term) => (term.logarithm.kind === 'floored' ? ofLogits() : ofProbability(term)),
  sigmoid: ofLogit,
  none: ofProbability,
};

/**
 * The cross-entropy of a voxel for a term: `a t c(p) + b (1 - t) c(1 - p)` with c the cost of an
 * outcome, without the second part where the classes are exclusive.
 */
export function surpriseOf(term: CrossEntropyTerm): Surprise {
  const { variable, pullback, present, absent } = table[term.activation](term);
  const cost = costOf(term);
  const { positive, negative, distribution } = term;
  const other = distribution === 'bernoulli' ? absent : undefined;
  const joined =
    (of: (outcome: Outcome) => number, a: number, b: number) =>
    (u: number, t: number): number =>
      a * t * of(present(u)) + (other === undefined ? 0 : b * (1 - t) * of(other(u)));
  const factor = factorOf(term);
  return {
    variable,
    pullback,
    value: joined(cost.value, positive, negative),
    slope: joined(cost.slope, positive, negative),
    factor: joined(factor.value, 1, 1),
    factorSlope: joined(factor.slope, 1, 1),
  };
}
