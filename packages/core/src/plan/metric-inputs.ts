import type { Problem } from '../schema/problem.js';
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
  const { decide, classes, weights } = metric;
  const given = weights.kind === 'given' ? { weights: weights.values.length } : {};
  const uses = [{ classes, activation: 'none', ...given }] as const;
  const read = (shape: readonly number[]): MetricShapes => {
    const moved = (other: readonly number[]): readonly number[] =>
      other.length === shape.length ? channelsFirst(layout, other) : other;
    const shapes = { prediction: shape, target: moved(target), mask: mask && moved(mask) };
    return { shape, problems: readingProblems(metric, uses, shapes) };
  };
  const [samples = 0, channels, ...spatial] = channelsFirst(layout, prediction);
  if (decide.kind === 'labels') {
    const flat = read([samples, decide.channels, ...prediction.slice(1)]);
    if (flat.problems.length === 0 || channels !== 1) return flat;
    // An axis of one may be that of the channels.
    const full = read([samples, decide.channels, ...spatial]);
    return full.problems.length === 0 ? full : flat;
  }
  const { shape, problems } = read(channelsFirst(layout, prediction));
  // A shape without channels is a problem already.
  if (decide.kind !== 'argmax' || channels !== 1) return { shape, problems };
  const expected = "at least 2 channels with decide 'argmax'";
  const fix = "the only channel is always the largest: use decide 'threshold'";
  const problem = { path: 'prediction', expected, received: '1 channels', fix };
  return { shape, problems: [...problems, problem] };
}
