import {
  type CompleteMetric,
  InputError,
  inputProblems,
  type Plan,
  type Problem,
  planOf,
} from '@softdice/core';
import { type Expectation, finite, labels, valueProblems } from '../inputs/value-problems.js';
import type { Tensor } from '../tensor.js';

/** What is scored. */
export interface MetricInputs {
  /** `[N, C, ...spatial]`; a label map `[N, ...spatial]` or `[N, 1, ...spatial]` with 'labels'. */
  readonly prediction: Tensor;
  /** As the metric's target says. */
  readonly target: Tensor;
}

/**
 * Checks shapes, then values, and tells the shape `[N, C, ...spatial]` that the prediction has or,
 * as a label map, stands for.
 *
 * @throws InputError - listing every violation at once.
 */
export function checkMetricInputs(metric: CompleteMetric, inputs: MetricInputs): readonly number[] {
  const { prediction, target } = inputs;
  const plan = planOfMetric(metric);
  const attempts = channelsFirstShapes(metric, prediction.shape).map((shape) => ({
    shape,
    problems: inputProblems(plan, { prediction: shape, target: target.shape }),
  }));
  const fit = attempts.find(({ problems }) => problems.length === 0);
  if (fit === undefined) throw new InputError(attempts[0]?.problems ?? []);
  const channels = fit.shape[1] ?? 0;
  const problems: readonly Problem[] = [
    ...valueProblems('prediction', prediction, predictionValues(metric)),
    ...valueProblems('target', target, targetValues(metric, channels)),
  ];
  if (problems.length > 0) throw new InputError(problems);
  return fit.shape;
}

/** A plan with target, classes and given weights of the metric, whose inputs have the same shapes. */
function planOfMetric({ target, classes, weights }: CompleteMetric): Plan {
  const plan = planOf({ target, terms: [{ kind: 'overlap' }] });
  const given =
    weights.kind === 'given'
      ? ({ weights: { ...weights, on: 'score', normalise: 'none' } } as const)
      : {};
  const terms = plan.terms.flatMap((term) =>
    term.kind === 'overlap' ? [{ ...term, classes, ...given }] : [],
  );
  return { ...plan, terms };
}

/** The shapes with channels that a prediction may stand for: a label map's axis 1 may be one. */
function channelsFirstShapes(
  { decide }: CompleteMetric,
  shape: readonly number[],
): readonly (readonly number[])[] {
  if (decide.kind !== 'labels') return [shape];
  const [samples = 0, second, ...rest] = shape;
  const withoutAxis = second === undefined ? rest : [second, ...rest];
  const all = [[samples, decide.channels, ...withoutAxis]];
  return second === 1 ? [...all, [samples, decide.channels, ...rest]] : all;
}

function predictionValues({ decide }: CompleteMetric): Expectation {
  return decide.kind === 'labels' ? labels(decide.channels, undefined) : finite;
}

function targetValues({ target, classes }: CompleteMetric, channels: number): Expectation {
  if (target.kind === 'labels') {
    const unbounded = classes.kind === 'regions' && classes.merge === 'target';
    return labels(unbounded ? Number.POSITIVE_INFINITY : channels, target.ignore);
  }
  const ignore = target.kind === 'binary' ? target.ignore : undefined;
  return {
    expected: ignore === undefined ? '0 or 1' : `0, 1 or the ignored value ${ignore}`,
    holds: (value) => value === 0 || value === 1 || value === ignore,
    fix: 'hard scores count voxels: threshold a soft target first',
  };
}
