import { InputError, type MetricPlan, metricShapes, type Problem } from '@softdice/core';
import type * as tf from '@tensorflow/tfjs';
import { tensorProblems } from './check.js';
import type { Layout, Sizes } from './layout.js';
import type { LossTensors } from './placement.js';

/**
 * Checks the tensors of a metric by their shapes and types, before any of them is touched, and tells the
 * sizes of their axes.
 *
 * @throws InputError - listing every violation at once.
 */
export function checkMetricTensors(
  metric: MetricPlan,
  layout: Layout,
  { prediction, target, mask }: LossTensors,
): Sizes {
  const numbers: readonly tf.DataType[] = ['float32', 'int32', 'bool'];
  const isLabels = metric.decide.kind === 'labels';
  const unusable = [
    ...tensorProblems('prediction', prediction, isLabels ? numbers : ['float32']),
    ...tensorProblems('target', target, numbers),
    ...(mask === undefined ? [] : tensorProblems('mask', mask, numbers)),
  ];
  // Shapes mean nothing before all of them are tensors.
  if (unusable.length > 0) throw new InputError(unusable);
  const shapes = { prediction: prediction.shape, target: target.shape, mask: mask?.shape };
  const { shape, problems } = metricShapes(metric, shapes, layout);
  if (problems.length > 0) throw new InputError(noted(layout, problems));
  const [sample = 1, channel = 1, ...spatial] = shape;
  return { sample, channel, voxel: spatial.reduce((product, size) => product * size, 1) };
}

function noted(layout: Layout, problems: readonly Problem[]): readonly Problem[] {
  if (layout === 'channelsFirst') return problems;
  return problems.map((problem) => {
    if (!problem.received.startsWith('[')) return problem;
    const note = 'shapes are shown channels first';
    return { ...problem, fix: problem.fix === undefined ? note : `${problem.fix} (${note})` };
  });
}

/**
 * Checks that a prediction has as many scored classes as there are names, where only these say it.
 *
 * @throws InputError - where it has not.
 */
export function checkClasses(
  { classes }: MetricPlan,
  { channel = 1 }: Sizes,
  count: number | undefined,
): void {
  const scored = classes.kind === 'foreground' ? channel - 1 : channel;
  if (count === undefined || scored === count) return;
  const expected = `as many scored classes as names (${count})`;
  const received = `${channel} channels`;
  throw new InputError([
    { path: 'prediction', expected, received, fix: 'give one name per scored class' },
  ]);
}
