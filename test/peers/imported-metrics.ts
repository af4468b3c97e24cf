import { completeMetric } from '@softdice/core';
import {
  fromMonaiMetric,
  fromTorchmetrics,
  type PeerContext,
  PeerError,
  type PeerMetric as SpecOfMetric,
} from '@softdice/core/peers';
import type { Tensor } from '@softdice/reference';
import type { GoldenCase } from './golden-case.js';
import { scored } from './metric-agreement.js';
import type { NotOurs } from './peer-loss.js';
import type { MetricBuilder, PeerMetric } from './peer-metric.js';

/** A case of MONAI's scores by its importer. */
export const importedMonaiMetric: MetricBuilder = (golden) => {
  const { input, target, args } = golden;
  const classes = typeof args['num_classes'] === 'number' ? args['num_classes'] : undefined;
  const sparse = (tensor: Tensor): boolean => (classes ?? 1) > 1 && tensor.shape[1] === 1;
  const context = contextOf(golden, {
    channels: classes ?? input.shape[1] ?? 1,
    prediction: sparse(input) ? 'sparse' : 'onehot',
    target: sparse(target) || target.kind === 'sparse' ? 'sparse' : 'onehot',
  });
  const result = read(() => fromMonaiMetric(golden.callable, args, context));
  return 'notOurs' in result
    ? result
    : { measure: { hard: result.metric }, prediction: input, target };
};

/** A case of torchmetrics' scores by its importer; planes that are not 0 and 1 are decided here. */
export const importedTorchmetrics: MetricBuilder = (golden) => {
  const { input, target, args } = golden;
  const format = args['input_format'] ?? 'one-hot';
  const indices = (tensor: Tensor, other: Tensor): boolean =>
    format === 'index' || (format === 'mixed' && tensor.shape.length < other.shape.length);
  const [sparse, labels] = [indices(input, target), indices(target, input)];
  const planes = sparse ? target : input;
  const context = contextOf(golden, {
    channels: format === 'index' ? Number(args['num_classes']) : (planes.shape[1] ?? 1),
    prediction: sparse ? 'sparse' : isHard(input) ? 'onehot' : 'soft',
    target: labels ? 'sparse' : 'onehot',
  });
  const result = read(() => fromTorchmetrics(golden.callable, args, context));
  if ('notOurs' in result) return result;
  const decided = !labels && !isHard(target);
  const hard = completeMetric({
    ...result.metric,
    ...(decided ? { target: 'labels' } : {}),
  });
  const made: PeerMetric = {
    measure: { hard },
    prediction: input,
    target: decided ? argmax(target) : target,
    ...(args['per_class'] === true && golden.callable.endsWith('mean_iou')
      ? { undefinedAs: -1 }
      : {}),
  };
  return mixesWeights(golden, made) ?? made;
};

/** Weights of generalised Dice where a class is absent from one of several samples. */
function mixesWeights(
  { callable, args, input }: GoldenCase,
  made: PeerMetric,
): NotOurs | undefined {
  if (!callable.endsWith('generalized_dice_score') || args['per_class'] === true) return undefined;
  if (args['weight_type'] === 'linear' || (input.shape[0] ?? 1) === 1) return undefined;
  if (!('hard' in made.measure)) return undefined;
  const perClass = completeMetric({
    ...made.measure.hard,
    per: 'image',
    weights: 'none',
    empty: { when: 'target', give: 'nan' },
  });
  return scored({ ...made, measure: { hard: perClass } }).some(Number.isNaN)
    ? { notOurs: 'an absent class gets the weight of another class of another sample' }
    : undefined;
}

function contextOf(
  { input, peerVersion }: GoldenCase,
  own: Pick<PeerContext, 'channels' | 'prediction' | 'target'>,
): PeerContext {
  const { shape } = input;
  return { ...own, rank: shape.length - 2, version: peerVersion, samples: shape[0] ?? 1 };
}

function read(make: () => SpecOfMetric): SpecOfMetric | NotOurs {
  try {
    return make();
  } catch (error) {
    if (error instanceof PeerError) return { notOurs: error.message };
    throw error;
  }
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
