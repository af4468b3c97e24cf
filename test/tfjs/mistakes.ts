import { dice, type LossSpec } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';

/** The tensors of a call. */
export interface Call {
  readonly prediction: tf.Tensor;
  readonly target: tf.Tensor;
  readonly mask?: tf.Tensor;
}

/** A wrong use: the spec, and what is wrong with tensors of the given sizes. */
export interface Mistake {
  readonly name: string;
  readonly spec: LossSpec;
  /** Whether it shows in the numbers alone, which are read on demand. */
  readonly numbers: boolean;
  readonly make: (sizes: Sizes) => Call;
  readonly message: RegExp;
}

/** Sizes of a batch, channels last. */
export interface Sizes {
  readonly samples: number;
  readonly spatial: readonly number[];
  readonly channels: number;
}

const shapeOf = ({ samples, spatial, channels }: Sizes): number[] => [
  samples,
  ...spatial,
  channels,
];
const mapOf = ({ samples, spatial }: Sizes): number[] => [samples, ...spatial];
const logits = (sizes: Sizes): tf.Tensor => tf.randomNormal(shapeOf(sizes), 0, 1, 'float32', 3);
const probabilities = (sizes: Sizes): tf.Tensor => tf.softmax(logits(sizes));
const labels = (sizes: Sizes): tf.Tensor =>
  tf.randomUniform(mapOf(sizes), 0, sizes.channels, 'int32', 5);
const oneHot = (sizes: Sizes): tf.Tensor =>
  tf.cast(tf.oneHot(tf.cast(labels(sizes), 'int32'), sizes.channels), 'float32');
/** The tensor with one number changed, the last. */
const with1 = (tensor: tf.Tensor, value: number): tf.Tensor => {
  const numbers = Array.from(tensor.dataSync());
  numbers[numbers.length - 1] = value;
  return tf.tensor(numbers, tensor.shape, tensor.dtype);
};
const disposed = (tensor: tf.Tensor): tf.Tensor => {
  tensor.dispose();
  return tensor;
};

const ofLabels = dice({ target: 'labels', activation: 'softmax' });
const ofOneHot = dice({ activation: 'softmax' });
const ofProbabilities = dice();

/** What a correct call of each spec gets. */
export const rightUses: readonly Omit<Mistake, 'message' | 'numbers'>[] = [
  {
    name: 'labels',
    spec: ofLabels,
    make: (sizes) => ({ prediction: logits(sizes), target: labels(sizes) }),
  },
  {
    name: 'labels as float',
    spec: ofLabels,
    make: (sizes) => ({ prediction: logits(sizes), target: labels(sizes).toFloat() }),
  },
  {
    name: 'labels of which some are ignored',
    spec: dice({ target: { kind: 'labels', ignore: 255 }, activation: 'softmax' }),
    make: (sizes) => ({ prediction: logits(sizes), target: with1(labels(sizes), 255) }),
  },
  {
    name: 'one-hot',
    spec: ofOneHot,
    make: (sizes) => ({ prediction: logits(sizes), target: oneHot(sizes) }),
  },
  {
    name: 'soft',
    spec: dice({ target: 'soft' }),
    make: (sizes) => ({ prediction: probabilities(sizes), target: probabilities(sizes) }),
  },
  {
    name: 'a mask over wrong labels',
    spec: dice({ target: 'labels', activation: 'softmax', voxels: 'mask' }),
    make: (sizes) => ({
      prediction: logits(sizes),
      target: with1(labels(sizes), 99),
      mask: with1(tf.ones(mapOf(sizes)), 0),
    }),
  },
];

/** Everything that users get wrong. */
export const mistakes: readonly Mistake[] = [
  {
    name: 'logits for probabilities',
    spec: ofProbabilities,
    numbers: true,
    make: (sizes) => ({ prediction: with1(probabilities(sizes), 1.5), target: oneHot(sizes) }),
    message:
      /Invalid prediction: expected probabilities in \[0, 1\].*received 1\.5 at \[.*use activation/,
  },
  {
    name: 'probabilities for logits',
    spec: ofOneHot,
    numbers: true,
    make: (sizes) => ({ prediction: probabilities(sizes), target: oneHot(sizes) }),
    message: /Invalid prediction: expected logits.*softmax would be taken twice/,
  },
  {
    name: 'NaN',
    spec: ofOneHot,
    numbers: true,
    make: (sizes) => ({ prediction: with1(logits(sizes), Number.NaN), target: oneHot(sizes) }),
    message: /Invalid prediction: expected finite numbers but received NaN at/,
  },
  {
    name: 'huge logits',
    spec: ofOneHot,
    numbers: true,
    make: (sizes) => ({ prediction: with1(logits(sizes), -2e4), target: oneHot(sizes) }),
    message: /Invalid prediction: expected logits from -10000 to 10000 but received -20000/,
  },
  {
    name: 'labels out of range',
    spec: ofLabels,
    numbers: true,
    make: (sizes) => ({
      prediction: logits(sizes),
      target: with1(labels(sizes), sizes.channels),
    }),
    message: /Invalid target: expected whole labels from 0 to \d but received \d at .*no channel/,
  },
  {
    name: 'negative labels',
    spec: ofLabels,
    numbers: true,
    make: (sizes) => ({ prediction: logits(sizes), target: with1(labels(sizes), -1) }),
    message: /Invalid target: .*received -1 at/,
  },
  {
    name: 'labels between whole numbers',
    spec: ofLabels,
    numbers: true,
    make: (sizes) => ({ prediction: logits(sizes), target: with1(labels(sizes).toFloat(), 0.5) }),
    message: /Invalid target: .*received 0\.5 at .*without interpolation/,
  },
  {
    name: 'fractions in a one-hot target',
    spec: ofOneHot,
    numbers: true,
    make: (sizes) => ({ prediction: logits(sizes), target: with1(oneHot(sizes), 0.25) }),
    message: /Invalid target: expected 0 or 1 but received 0\.25 at .*use target 'soft'/,
  },
  {
    name: 'a voxel of two classes',
    spec: ofOneHot,
    numbers: true,
    make: (sizes) => ({ prediction: logits(sizes), target: tf.onesLike(logits(sizes)) }),
    message:
      /Invalid target: expected one channel of each voxel that is 1 but received a sum of \d/,
  },
  {
    name: 'a mask of 255',
    spec: dice({ target: 'binary', activation: 'sigmoid' }),
    numbers: true,
    make: (sizes) => ({
      prediction: logits({ ...sizes, channels: 1 }),
      target: tf.fill(mapOf(sizes), 255),
    }),
    message: /Invalid target: expected 0 or 1 but received 255 at .*divided by 255/,
  },
  {
    name: 'a negative weight',
    spec: dice({ target: 'labels', activation: 'softmax', voxels: 'weights' }),
    numbers: true,
    make: (sizes) => ({
      prediction: logits(sizes),
      target: labels(sizes),
      mask: with1(tf.ones(mapOf(sizes)), -1),
    }),
    message: /Invalid mask: expected finite weights >= 0 but received -1/,
  },
  {
    name: 'one-hot arguments in the wrong order',
    spec: ofOneHot,
    numbers: true,
    make: (sizes) => ({ prediction: oneHot(sizes), target: logits(sizes) }),
    message: /Invalid target: expected 0 or 1 .*takes the target first/,
  },
  {
    name: 'labels in the wrong order',
    spec: ofLabels,
    numbers: false,
    make: (sizes) => ({ prediction: labels(sizes).toFloat(), target: logits(sizes) }),
    message: /Invalid target: .*look swapped/,
  },
  {
    name: 'whole labels in the wrong order',
    spec: ofLabels,
    numbers: false,
    make: (sizes) => ({ prediction: labels(sizes), target: logits(sizes) }),
    message: /Invalid prediction: .*received int32; .*give the target first/,
  },
  {
    name: 'channels in front',
    spec: ofLabels,
    numbers: false,
    make: (sizes) => ({
      prediction: tf.zeros([sizes.samples, sizes.channels, ...sizes.spatial]),
      target: labels(sizes),
    }),
    message: /Invalid target: .*the shapes fit layout 'channelsFirst'/,
  },
  {
    name: 'another number of classes',
    spec: ofOneHot,
    numbers: false,
    make: (sizes) => ({
      prediction: logits(sizes),
      target: oneHot({ ...sizes, channels: sizes.channels + 1 }),
    }),
    message: /Invalid target: expected shape .* beside prediction/,
  },
  {
    name: 'a rank too many',
    spec: ofOneHot,
    numbers: false,
    make: (sizes) => ({ prediction: logits(sizes), target: oneHot(sizes).expandDims(1) }),
    message: /Invalid target: expected shape/,
  },
  {
    name: 'one sample without its axis',
    spec: ofOneHot,
    numbers: false,
    make: () => ({ prediction: tf.zeros([5]), target: tf.zeros([5]) }),
    message: /Invalid prediction: expected a shape \[N, C/,
  },
  {
    name: 'a disposed prediction',
    spec: ofOneHot,
    numbers: false,
    make: (sizes) => ({ prediction: disposed(logits(sizes)), target: oneHot(sizes) }),
    message: /Invalid prediction: expected a live tensor but received a disposed one/,
  },
  {
    name: 'a disposed target',
    spec: ofOneHot,
    numbers: false,
    make: (sizes) => ({ prediction: logits(sizes), target: disposed(oneHot(sizes)) }),
    message: /Invalid target: expected a live tensor/,
  },
  {
    name: 'a needless mask',
    spec: ofOneHot,
    numbers: false,
    make: (sizes) => ({
      prediction: logits(sizes),
      target: oneHot(sizes),
      mask: tf.ones(mapOf(sizes)),
    }),
    message: /Invalid mask: expected no mask/,
  },
  {
    name: 'a missing mask',
    spec: dice({ voxels: 'mask' }),
    numbers: false,
    make: (sizes) => ({ prediction: probabilities(sizes), target: oneHot(sizes) }),
    message: /Invalid mask: expected a mask/,
  },
];
