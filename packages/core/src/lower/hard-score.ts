import type { Builder } from '../expression/builder.js';
import type { Axis, Node } from '../expression/node.js';
import { ratio } from '../indices/ratio.js';
import type { MetricPlan } from '../plan/metric.js';
import { classWeights } from './class-weights.js';
import type { HardCounts } from './hard-counts.js';
import { reduced } from './reduction.js';

/**
 * Numbers of which some may be undefined: `value` where `defined` is 1, NaN where it is 0, and `value` is
 * 0 there. No program computes with NaN, which some backends lose; they put it in at the end.
 */
export interface Scored {
  readonly value: Node;
  readonly defined: Node;
}

/** What a metric makes of its counts. */
export interface HardScore {
  /** The grid, `[N, C']`, `[C']`, `[N]` or `[]`. */
  readonly scores: Scored;
  /** The grid reduced as the metric says. */
  readonly score: Scored;
}

/** The head of a metric: a score per cell, then its reduction. */
export function hardScore(b: Builder, metric: MetricPlan, counts: HardCounts): HardScore {
  const { per, weights, empty, reduction } = metric;
  const one = b.real(1);
  const merges = per === 'merged-image' || per === 'everything';
  const cell = (weight: Node): HardCounts => {
    const of = (x: Node): Node => (merges ? b.sum(b.mul(weight, x), ['class']) : x);
    return { I: of(counts.I), P: of(counts.P), T: of(counts.T) };
  };
  const own = cell(one);
  const isEmpty = b.equal(empty.when === 'both' ? b.add(own.P, own.T) : own.T, b.real(0));
  const filled = b.sub(one, isEmpty);
  const score = b.mul(filled, ratioOf(b, metric, cell(volumes(b, metric, counts.T))));
  const factor = weights.kind === 'given' && weights.normalise === 'none' ? weights.values : [];
  const value = b.mul(
    factor.length === 0 ? one : b.vector(factor),
    empty.give === 'one' ? b.add(score, isEmpty) : score,
  );
  const undefinedWhereEmpty = empty.give === 'nan' || empty.give === 'skip';
  const scores = { value, defined: undefinedWhereEmpty ? filled : one };
  const shares = meanWeights(b, metric, counts.T);
  return {
    scores,
    score: {
      value: reduced(b, {
        cells: value,
        like: value,
        reduction,
        ...(empty.give === 'skip' ? { present: filled } : {}),
        ...(shares === undefined ? {} : { weights: shares }),
      }),
      defined: reducedDefined(b, metric, isEmpty, scores.defined),
    },
  };
}

/** `(numerator + n) / (denominator + d)`, 0 where that is n / 0: there is no intersection. */
function ratioOf(b: Builder, { index, smoothing }: MetricPlan, { I, P, T }: HardCounts): Node {
  const { numerator, denominator } = ratio(
    b,
    {
      intersection: I,
      predicted: P,
      targeted: T,
      falsePositives: b.sub(P, I),
      falseNegatives: b.sub(T, I),
    },
    index,
  );
  const divisor = b.add(denominator, b.real(smoothing.denominator));
  const isZero = b.equal(divisor, b.real(0));
  const dividend = b.add(numerator, b.real(smoothing.numerator));
  return b.div(b.mul(b.sub(b.real(1), isZero), dividend), b.add(divisor, isZero));
}

/** v of the sums that merged classes share. */
function volumes(b: Builder, { weights }: MetricPlan, mass: Node): Node {
  if (weights.kind !== 'volume') return b.real(1);
  const shared = { over: 'score', on: 'both-sums', normalise: 'none' } as const;
  return classWeights(b, { ...weights, ...shared }, () => mass);
}

/** The weights of a mean over the classes. */
function meanWeights(b: Builder, { weights }: MetricPlan, mass: Node): Node | undefined {
  if (weights.kind === 'support') return mass;
  return weights.kind === 'given' && weights.normalise === 'weighted-mean'
    ? b.vector(weights.values)
    : undefined;
}

/** Over which axes a reduction takes the mean. */
const meanOver: { readonly [R in MetricPlan['reduction']]: readonly Axis[] } = {
  none: [],
  mean: ['sample', 'class'],
  'class-mean': ['class'],
  'sample-mean': ['sample'],
  'class-then-sample': ['sample', 'class'],
  'sample-then-class': ['sample', 'class'],
};

/** 1 where no cell of a mean is NaN, or where any is left that is not skipped. */
function reducedDefined(
  b: Builder,
  { empty, reduction }: MetricPlan,
  isEmpty: Node,
  defined: Node,
): Node {
  const axes = meanOver[reduction].filter((axis) => isEmpty.axes.includes(axis));
  switch (empty.give) {
    case 'zero':
    case 'one':
      return defined;
    case 'nan':
      return b.equal(b.sum(isEmpty, axes), b.real(0));
    case 'skip':
      return b.less(b.real(0), b.sum(defined, axes));
  }
}
