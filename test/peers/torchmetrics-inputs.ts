import type { MetricSpec } from '@softdice/core';
import type { Tensor } from '@softdice/reference';
import type { Arguments } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import type { PeerMetric } from './peer-metric.js';

/** The arguments that say what the inputs are. */
export const torchmetricsArguments: readonly string[] = [
  'num_classes',
  'include_background',
  'input_format',
];

/**
 * Inputs of torchmetrics' segmentation scores: planes, class indices, or one of each. Planes that are
 * not 0 and 1 are decided by argmax.
 *
 * Source: torchmetrics 1.9 at dab0333, functional/segmentation/utils.py (`_segmentation_inputs_format`).
 */
export function torchmetricsInputs(
  golden: GoldenCase,
  args: Arguments,
  metric: MetricSpec,
): PeerMetric {
  const { input, target } = golden;
  const format = args.word('input_format') ?? 'one-hot';
  if (format !== 'one-hot' && format !== 'index' && format !== 'mixed') {
    throw new TypeError(`torchmetrics has no input_format ${format}`);
  }
  const indices = (tensor: Tensor, other: Tensor): boolean =>
    format === 'index' || (format === 'mixed' && tensor.shape.length < other.shape.length);
  const planes = indices(input, target) ? target.shape : input.shape;
  const channels =
    format === 'index' ? (args.number('num_classes') ?? Number.NaN) : (planes[1] ?? 0);
  const hard: MetricSpec = {
    decide: indices(input, target)
      ? { kind: 'labels', channels }
      : isHard(input)
        ? { kind: 'threshold', threshold: 0.5 }
        : 'argmax',
    target: indices(target, input) ? 'labels' : 'multilabel',
    classes: !args.flag('include_background', true) && channels > 1 ? 'foreground' : 'all',
    ...metric,
  };
  const decided = format !== 'index' && !indices(target, input) && !isHard(target);
  return {
    measure: { hard: decided ? { ...hard, target: 'labels' } : hard },
    prediction: input,
    target: decided ? argmax(target) : target,
  };
}

function isHard({ data }: Tensor): boolean {
  return Array.from(data).every((value) => value === 0 || value === 1);
}

/** The class index of the largest plane at each voxel, the first of equal ones. */
function argmax({ shape, data }: Tensor): Tensor {
  const [samples = 0, channels = 0, ...spatial] = shape;
  const voxels = spatial.reduce((size, axis) => size * axis, 1);
  const labels = Array.from({ length: samples * voxels }, (_, at) => {
    const first = Math.floor(at / voxels) * channels * voxels + (at % voxels);
    const values = Array.from({ length: channels }, (_, c) => data[first + c * voxels] ?? 0);
    return values.indexOf(Math.max(...values));
  });
  return { shape: [samples, ...spatial], data: labels };
}
