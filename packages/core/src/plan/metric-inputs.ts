import type { Problem } from '../schema/problem.js';
import type { Reading } from './channels.js';
import { type InputShapes, readingProblems } from './inputs.js';
import { channelsFirst, type Layout } from './layout.js';
import type { MetricPlan } from './metric.js';

/** What shapes say about the inputs of a hard score. */
export interface MetricShapes {
  /** `[N, C, ...spatial]` that the prediction has or, as a label map, stands for. */
  readonly shape: readonly number[];
  readonly problems: readonly Problem[];
}

/** Every way in which the shapes do not fit the metric; problems show them channels first. */
export function metricShapes(
  metric: MetricPlan,
  { prediction, target, mask }: InputShapes,
  layout: Layout = 'channelsFirst',
): MetricShapes {
  const reading = readingOf(metric);
  const rank = prediction.length;
  // A label map may lack the channel axis that a target of planes or a mask beside it has.
  const ranks = metric.decide.kind === 'labels' ? [rank, rank + 1] : [rank];
  const attempts = ranks.flatMap((full) => {
    const moved = (shape: readonly number[]): readonly number[] =>
      shape.length === full ? channelsFirst(layout, shape) : shape;
    const others = { target: moved(target), mask: mask && moved(mask) };
    return channelsFirstShapes(metric, moved(prediction)).map((shape) => ({
      shape,
      problems: [
        ...readingProblems(reading, { ...others, prediction: shape }),
        ...decisionProblems(metric, shape),
      ],
    }));
  });
  const [first = { shape: prediction, problems: [] }] = attempts;
  return attempts.find(({ problems }) => problems.length === 0) ?? first;
}

/** What a metric reads: one thing, the scored classes. */
function readingOf({ target, voxels, classes, weights }: MetricPlan): Reading {
  const given = weights.kind === 'given' ? { weights: weights.values.length } : {};
  return { target, voxels, uses: [{ classes, activation: 'none', ...given }] };
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
