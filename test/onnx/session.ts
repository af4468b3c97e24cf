import type { Axis, NamedArray, Plan } from '@softdice/core';
import { channelUse, compile, execute, maskChannels, opTable, scalar } from '@softdice/core';
import type { LabelType, LossSpec } from '@softdice/onnx';
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** A float64 or integer tensor, channels first. */
export interface Plain {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** What float32 may be off by on small inputs, relative to the largest value: 32 units in the last place. */
export const bound = 2 ** -19;

export type Feeds = Readonly<Record<string, Plain>>;

/** Runs a model on one thread and releases its session. */
export async function run(
  model: Uint8Array,
  feeds: Feeds,
  labels?: LabelType,
): Promise<Readonly<Record<string, Plain>>> {
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
  });
  try {
    const tensors = Object.entries(feeds).map(([name, plain]) => [
      name,
      tensor(plain, name === 'target' ? labels : undefined),
    ]);
    const results = await session.run(Object.fromEntries(tensors));
    return Object.fromEntries(
      Object.entries(results).map(([name, { dims, data }]) => [
        name,
        { shape: dims, data: Float64Array.from(data as Float32Array) },
      ]),
    );
  } finally {
    await session.release();
  }
}

function tensor({ shape, data }: Plain, type: LabelType | undefined): Tensor {
  const dims = [...shape];
  switch (type) {
    case undefined:
      return new Tensor('float32', Float32Array.from(data), dims);
    case 'uint8':
      return new Tensor('uint8', Uint8Array.from(data), dims);
    case 'int32':
      return new Tensor('int32', Int32Array.from(data), dims);
    case 'int64':
      return new Tensor('int64', BigInt64Array.from(data, BigInt), dims);
  }
}

/** What a spec's interpreter in float64 gives for the same inputs. */
export function interpreted(spec: LossSpec, feeds: Feeds): Readonly<Record<string, NamedArray>> {
  const { plan, statistics, whole } = compile(spec);
  const nodes = {
    loss: whole.loss,
    gradient: whole.gradient,
    scores: whole.terms[0]?.scores ?? whole.loss,
    ...Object.fromEntries(statistics.map(({ name, node }) => [name, node])),
  };
  const given = (input: string): NamedArray | undefined => {
    const plain = feeds[input];
    if (input === 'cotangent') {
      if (plain !== undefined) return { axes: whole.loss.axes, ...plain };
      const [loss] = execute(opTable, [whole.loss], given);
      return loss === undefined ? scalar(1) : { ...loss, data: loss.data.map(() => 1) };
    }
    return plain && named(plan, input, plain);
  };
  const values = execute(opTable, Object.values(nodes), given);
  return Object.fromEntries(
    Object.keys(nodes).map((name, at) => [name, values[at] ?? scalar(Number.NaN)]),
  );
}

function named(plan: Plan, input: string, { shape, data }: Plain): NamedArray {
  const sparse =
    (input === 'target' && plan.target.kind === 'labels') ||
    (input === 'mask' && maskChannels(plan) === 'one');
  const axes: readonly Axis[] = sparse ? ['sample', 'voxel'] : ['sample', 'channel', 'voxel'];
  const samples = shape[0] ?? 1;
  const channels = sparse ? 1 : (shape[1] ?? 1);
  const voxels = data.length / samples / channels;
  return { axes, shape: sparse ? [samples, voxels] : [samples, channels, voxels], data };
}

/** The largest difference, relative to the largest expected magnitude (at least `least`). */
export function difference(received: Plain, expected: NamedArray, least: number): number {
  const largest = expected.data.reduce((most, value) => Math.max(most, Math.abs(value)), least);
  if (received.data.length !== expected.data.length) return Number.POSITIVE_INFINITY;
  return received.data.reduce((most, value, at) => {
    const error = Math.abs(value - (expected.data[at] ?? Number.NaN)) / largest;
    return Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(most, error);
  }, 0);
}

/** Numbers in [0, 1) that are the same in every run. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function filledPlain(shape: readonly number[], value: (at: number) => number): Plain {
  const length = shape.reduce((product, size) => product * size, 1);
  return { shape, data: Float64Array.from({ length }, (_, at) => Math.fround(value(at))) };
}

/** Inputs that fit a plan: logits, or probabilities where no activation is applied. */
export function feedsFor(
  plan: Plan,
  prediction: readonly number[],
  seed: number,
  spread = 3,
): Feeds {
  const next = random(seed);
  const [samples = 1, channels = 1, ...spatial] = prediction;
  const raw = plan.terms.every(({ activation }) => activation === 'none');
  const dense = (value: () => number): Plain => filledPlain(prediction, value);
  const label = (): number => Math.floor(next() * channels);
  const voxels = spatial.reduce((product, size) => product * size, 1);
  const ignore = 'ignore' in plan.target ? plan.target.ignore : undefined;
  const regions = plan.terms.some((term) => {
    const { classes } = channelUse(term);
    return classes.kind === 'regions' && classes.merge === 'target';
  });
  const target = (): Plain => {
    switch (plan.target.kind) {
      case 'labels':
        return filledPlain([samples, ...spatial], () =>
          ignore !== undefined && next() < 0.2 ? ignore : label() + (regions ? 1 : 0),
        );
      case 'binary':
      case 'multilabel':
        return dense(() => (next() < 0.2 && ignore !== undefined ? ignore : Math.round(next())));
      case 'one-hot': {
        const labels = Array.from({ length: samples * voxels }, label);
        return filledPlain(prediction, (at) => {
          const sample = Math.floor(at / voxels / channels);
          const channel = Math.floor(at / voxels) % channels;
          return labels[sample * voxels + (at % voxels)] === channel ? 1 : 0;
        });
      }
      case 'soft':
        return dense(next);
    }
  };
  const mask = maskChannels(plan);
  return {
    prediction: dense(() => (raw ? next() : (next() - 0.5) * 2 * spread)),
    target: target(),
    ...(mask === 'none'
      ? {}
      : {
          mask:
            mask === 'one'
              ? filledPlain([samples, 1, ...spatial], () => Math.floor(next() * 3) / 2)
              : dense(() => Math.round(next())),
        }),
  };
}
