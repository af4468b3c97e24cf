import type { Problem } from '../schema/problem.js';
import { type InputShapes, inputProblems } from './inputs.js';
import type { MetricPlan } from './metric.js';
import { type Plan, planOf } from './plan.js';

/** What shapes say about the inputs of a hard score. */
export interface MetricShapes {
  /** `[N, C, ...spatial]` that the prediction has or, as a label map, stands for. */
  readonly shape: readonly number[];
  readonly problems: readonly Problem[];
}

/** Every way in which the shapes, channels first, do not fit the metric. */
export function metricShapes(metric: MetricPlan, shapes: InputShapes): MetricShapes {
  const plan = lossLike(metric);
  const attempts = channelsFirstShapes(metric, shapes.prediction).map((shape) => ({
    shape,
    problems: [
      ...inputProblems(plan, { ...shapes, prediction: shape }),
      ...decisionProblems(metric, shape),
    ],
  }));
  const [first] = attempts;
  const fit = attempts.find(({ problems }) => problems.length === 0) ?? first;
  return fit ?? { shape: shapes.prediction, problems: [] };
}

/** A plan with target, voxels, classes and given weights of the metric, whose inputs have the same shapes. */
function lossLike({ target, voxels, classes, weights }: MetricPlan): Plan {
  const plan = planOf({ target, voxels, terms: [{ kind: 'overlap' }] });
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
  { decide }: MetricPlan,
  shape: readonly number[],
): readonly (readonly number[])[] {
  if (decide.kind !== 'labels') return [shape];
  const [samples = 0, ...spatial] = shape;
  const all = [[samples, decide.channels, ...spatial]];
  const [second, ...rest] = spatial;
  return second === 1 ? [...all, [samples, decide.channels, ...rest]] : all;
}

function decisionProblems({ decide }: MetricPlan, shape: readonly number[]): readonly Problem[] {
  const channels = shape[1];
  // A shape without channels is a problem already.
  if (decide.kind !== 'argmax' || channels === undefined || channels > 1) return [];
  const expected = "at least 2 channels with decide 'argmax'";
  const fix = "the only channel is always the largest: use decide 'threshold'";
  return [{ path: 'prediction', expected, received: `${channels} channels`, fix }];
}
