import {
  compile,
  execute,
  type LossSpec,
  maskChannels,
  type NamedArray,
  type Node,
  opTable,
  type Plan,
  planOf,
  targetIsSparse,
} from '@softdice/core';
import type { Layout } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';

/** A tensor with channels first, in float64. */
export interface Sample {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** What a loss reads, channels first. */
export interface Samples {
  readonly prediction: Sample;
  readonly target: Sample;
  readonly mask?: Sample;
}

/** Numbers in [0, 1) that are the same in every run. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}

const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((size, length) => size * length, 1);

/** Values of a shape, rounded to float32, so that all precisions start from the same numbers. */
export function filled(shape: readonly number[], value: (at: number) => number): Sample {
  const data = Float64Array.from({ length: sizeOf(shape) }, (_, at) => Math.fround(value(at)));
  return { shape, data };
}

/** Random inputs that fit a loss: logits or probabilities, a target of its kind, a mask of its kind. */
export function samplesFor(spec: LossSpec, shape: readonly number[], seed: number): Samples {
  const next = random(seed);
  const plan = planOf(spec);
  const [samples = 1, channels = 1, ...spatial] = shape;
  const sparse = [samples, ...spatial];
  const logits = plan.terms.every(({ activation }) => activation !== 'none');
  const masks = { none: undefined, one: sparse, all: [...shape] }[maskChannels(plan)];
  return {
    prediction: filled(shape, () => (logits ? 6 * next() - 3 : 0.05 + 0.9 * next())),
    target: targetFor(plan, shape, channels, next),
    ...(masks === undefined
      ? {}
      : { mask: filled(masks, () => (next() < 0.3 ? 0 : 0.5 + next())) }),
  };
}

function targetFor(
  plan: Plan,
  shape: readonly number[],
  channels: number,
  next: () => number,
): Sample {
  const [samples = 1, , ...spatial] = shape;
  const voxels = sizeOf(spatial);
  if (targetIsSparse(plan)) {
    const values = plan.target.kind === 'labels' ? channels : 2;
    const ignore = 'ignore' in plan.target ? plan.target.ignore : undefined;
    const label = (): number =>
      ignore !== undefined && next() < 0.2 ? ignore : Math.floor(next() * values);
    return filled([samples, ...spatial], label);
  }
  if (plan.target.kind === 'soft') return filled(shape, () => next());
  if (plan.target.kind === 'multilabel') return filled(shape, () => (next() < 0.4 ? 1 : 0));
  const chosen = Array.from({ length: samples * voxels }, () => Math.floor(next() * channels));
  return filled(shape, (at) => {
    const sample = Math.floor(at / (channels * voxels));
    const channel = Math.floor(at / voxels) % channels;
    return chosen[sample * voxels + (at % voxels)] === channel ? 1 : 0;
  });
}

/** Makes a tensor of a sample in a layout; sparse ones have no channel axis to move. */
export function tensorOf(
  { shape, data }: Sample,
  layout: Layout,
  rank: number,
  type: 'float32' | 'int32' = 'float32',
): tf.Tensor {
  return tf.tidy(() => {
    const tensor = tf.tensor(Float32Array.from(data), [...shape], 'float32').cast(type);
    const spatial = Array.from({ length: rank - 2 }, (_, axis) => axis + 2);
    return layout === 'channelsLast' && shape.length === rank && rank > 2
      ? tensor.transpose([0, ...spatial, 1])
      : tensor;
  });
}

/** Values with channels first again. */
export function channelsFirstData(tensor: tf.Tensor, layout: Layout): Float32Array {
  return tf.tidy(() => {
    const spatial = Array.from({ length: tensor.rank - 2 }, (_, axis) => axis + 1);
    const moved =
      layout === 'channelsLast' && tensor.rank > 2
        ? tensor.transpose([0, tensor.rank - 1, ...spatial])
        : tensor;
    return moved.dataSync<'float32'>();
  });
}

/** What core's own interpreter makes of the samples, in float64. */
export interface Interpreted {
  readonly loss: NamedArray;
  readonly scores: NamedArray;
  readonly gradient: NamedArray;
}

/** Evaluates a loss by core's interpreter, with ones or the given numbers as cotangent. */
export function interpreted(
  spec: LossSpec,
  samples: Samples,
  cotangent: (at: number) => number = () => 1,
): Interpreted {
  const { whole, inputs } = compile(spec);
  const [sample = 1, channel = 1, ...spatial] = samples.prediction.shape;
  const sizes = { sample, channel, class: 1, voxel: sizeOf(spatial) };
  const named = (node: Node): NamedArray => {
    if (node.op !== 'input') throw new TypeError(`${node.op} is no input`);
    const values = samples[node.name as keyof Samples];
    if (values === undefined) throw new TypeError(`no ${node.name}`);
    return { axes: node.axes, shape: node.axes.map((axis) => sizes[axis]), data: values.data };
  };
  const given = new Map(inputs.map((node) => [node.op === 'input' ? node.name : '', named(node)]));
  const evaluated = (nodes: readonly Node[], factors?: NamedArray): readonly NamedArray[] =>
    execute(opTable, nodes, (name) => (name === 'cotangent' ? factors : given.get(name)));
  const [term] = whole.terms;
  const [loss, scores] = evaluated([whole.loss, term?.scores ?? whole.loss]);
  if (loss === undefined || scores === undefined) throw new TypeError('no loss');
  const factors = { ...loss, data: loss.data.map((_, at) => cotangent(at)) };
  const [gradient] = evaluated([whole.gradient], factors);
  if (gradient === undefined) throw new TypeError('no gradient');
  return { loss, scores, gradient };
}

/** The largest difference of two lists, relative to the largest value that is expected. */
export function disagreement(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  const wanted = Array.from(expected);
  const scale = wanted.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-30);
  return wanted.reduce((largest, value, at) => {
    const difference = Math.abs((actual[at] ?? Number.NaN) - value) / scale;
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(largest, difference);
  }, 0);
}
