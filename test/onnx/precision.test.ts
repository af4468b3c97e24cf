import { opTable } from '@softdice/core';
import type { LossSpec, NamedArray, Program, SpatialRank, Statistics } from '@softdice/onnx';
import {
  coefficientInput,
  compile,
  dice,
  execute,
  exportLoss,
  fBeta,
  finish,
} from '@softdice/onnx';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { graphTarget, inNode, plain } from '../conformance/onnxruntime.js';
import { reference } from '../conformance/reference.js';
import { random } from './session.js';

const channels = 3;

/** Logits and label of a kind of voxel. */
interface Kind {
  readonly logits: readonly number[];
  readonly label: number;
}

/** Few kinds of voxels, so that sums in float64 are products; equal summands are the hard ones. */
const kinds: readonly Kind[] = [
  { logits: [8, 2, -9], label: 0 },
  { logits: [6, 1, -12], label: 0 },
  { logits: [-3, -7, -15], label: 0 },
  { logits: [0.5, 1.5, -14], label: 1 },
  { logits: [-1, 5, -13], label: 1 },
  { logits: [3, 4, -11], label: 0 },
  { logits: [-2, -1, 3], label: 2 },
];
const rare = kinds.length - 1;
const rareVoxels = 100;

/** Kinds of voxels in a random order, those of the rare class far apart. */
function drawnKinds(voxels: number): Uint8Array {
  const kindOf = new Uint8Array(voxels);
  const next = random(29);
  for (let at = 0; at < voxels; at++) kindOf[at] = Math.floor(next() * rare);
  const apart = Math.floor(voxels / (rareVoxels + 1));
  for (let at = 0; at < rareVoxels; at++) kindOf[at * apart + 17] = rare;
  return kindOf;
}

it.each([
  ['softmax', 'channelsFirst', [256, 256, 256], 'all'],
  ['softmax', 'channelsFirst', [256, 256, 256], 2 ** 17],
  // Prime numbers of voxels, of which no blocks can be made, and an axis that is much too long for one sum.
  ['sigmoid', 'channelsFirst', [7_077_893], 'all'],
  ['softmax', 'channelsLast', [1, 2_000_003], 'all'],
] as const)(
  '%s, %s, over %j voxels, a class of 100 among them, blocks of %s',
  async (activation, layout, spatial, blockSize) => {
    const spec = dice({ target: 'labels', activation });
    const voxels = spatial.reduce<number>((product, size) => product * size, 1);
    const kindOf = drawnKinds(voxels);
    const expected = expectedOf(spec, kindOf);
    const model = exportLoss(spec, {
      spatialRank: spatial.length as SpatialRank,
      outputs: ['loss', 'scores', 'gradient'],
      labels: 'uint8',
      layout,
      blockSize,
    });
    const place: Place = (channel, at) =>
      layout === 'channelsFirst' ? channel * voxels + at : at * channels + channel;
    const shape =
      layout === 'channelsFirst' ? [1, channels, ...spatial] : [1, ...spatial, channels];
    const labels = kindOf.map((kind) => kinds[kind]?.label ?? 0);
    const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
    try {
      const { loss, scores, gradient } = await session.run({
        prediction: new Tensor('float32', logits(kindOf, place), shape),
        target: new Tensor('uint8', labels, [1, ...spatial]),
      });
      expect(worst(loss, expected.loss.data)).toBeLessThan(1e-6);
      expect(worst(scores, expected.scores.data)).toBeLessThan(1e-6);
      expect(worstGradient(gradient, expected.gradient, kindOf, place)).toBeLessThan(1e-5);
    } finally {
      await session.release();
    }
  },
);

/** Where the value of a channel and a voxel stands. */
type Place = (channel: number, at: number) => number;

function logits(kindOf: Uint8Array, place: Place): Float32Array {
  const prediction = new Float32Array(channels * kindOf.length);
  for (let channel = 0; channel < channels; channel++) {
    for (let at = 0; at < kindOf.length; at++) {
      prediction[place(channel, at)] = kinds[kindOf[at] ?? 0]?.logits[channel] ?? 0;
    }
  }
  return prediction;
}

/** In float64: the statistics of one voxel of each kind times their number, then the head. */
function expectedOf(
  spec: LossSpec,
  kindOf: Uint8Array,
): {
  readonly loss: NamedArray;
  readonly scores: NamedArray;
  /** Of one voxel of each kind, [1, channels, kinds]. */
  readonly gradient: NamedArray;
} {
  const program = compile(spec);
  const numbers = kinds.map(() => 0);
  for (const kind of kindOf) numbers[kind] = (numbers[kind] ?? 0) + 1;
  const single = kinds.map((kind) => statisticsOf(program, [kind]));
  const statistics = Object.fromEntries(
    program.statistics.map(({ name }) => {
      const parts = single.flatMap((each) => each[name] ?? []);
      const data = Float64Array.from({ length: channels }, (_, channel) =>
        parts.reduce(
          (sum, part, kind) => sum + (part.data[channel] ?? 0) * (numbers[kind] ?? 0),
          0,
        ),
      );
      return [name, { axes: ['sample', 'class'], shape: [1, channels], data } as const];
    }),
  );
  const { loss, scores, coefficients } = finish(program, statistics);
  const [gradient] = execute(
    opTable,
    [program.pullback],
    (input) =>
      given(kinds)[input] ??
      Object.entries(coefficients).find(([name]) => coefficientInput(name) === input)?.[1],
  );
  return { loss, scores, gradient: gradient ?? loss };
}

function statisticsOf(program: Program, some: readonly Kind[]): Statistics {
  const nodes = program.statistics.map(({ node }) => node);
  const values = execute(opTable, nodes, (input) => given(some)[input]);
  return Object.fromEntries(
    program.statistics.flatMap(({ name }, at) => {
      const value = values[at];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function given(some: readonly Kind[]): Readonly<Record<string, NamedArray>> {
  const channel = (at: number): readonly number[] => some.map((kind) => kind.logits[at] ?? 0);
  return {
    prediction: {
      axes: ['sample', 'channel', 'voxel'],
      shape: [1, channels, some.length],
      data: Float64Array.from(Array.from({ length: channels }, (_, at) => channel(at)).flat()),
    },
    target: {
      axes: ['sample', 'voxel'],
      shape: [1, some.length],
      data: Float64Array.from(some, ({ label }) => label),
    },
  };
}

function worst(received: Tensor | undefined, expected: Float64Array): number {
  const data = (received?.data ?? []) as Float32Array;
  return Math.max(...expected.map((value, at) => Math.abs((data[at] ?? Number.NaN) - value)));
}

/** Relative to the largest gradient of each channel. */
function worstGradient(
  received: Tensor | undefined,
  expected: NamedArray,
  kindOf: Uint8Array,
  place: Place,
): number {
  const data = (received?.data ?? []) as Float32Array;
  let most = 0;
  for (let channel = 0; channel < channels; channel++) {
    const wanted = expected.data.slice(channel * kinds.length, (channel + 1) * kinds.length);
    const largest = Math.max(...wanted.map(Math.abs));
    for (let at = 0; at < kindOf.length; at++) {
      const value = data[place(channel, at)] ?? Number.NaN;
      const error = Math.abs(value - (wanted[kindOf[at] ?? 0] ?? 0)) / largest;
      // Written so that NaN is the worst.
      if (!(error <= most)) most = error;
    }
  }
  return most;
}

it('a factor next to 1 is not lost in float64', async () => {
  // 1 + β² is 1 in float32.
  const spec = fBeta({ target: 'multilabel', beta: 1e-5 });
  const batch = {
    prediction: { shape: [1, 2, 3], data: [0.5, 0.2, 0.9, 0.7, 0.1, 0.3] },
    target: { shape: [1, 2, 3], data: [1, 0, 1, 1, 0, 1] },
  };
  const graph = graphTarget('onnxruntime-node', inNode, { ...plain, dtype: 'float64' });
  const [found, expected] = [
    await graph.evaluate(spec, batch),
    await reference.evaluate(spec, batch),
  ];
  for (const part of ['loss', 'scores', 'gradient'] as const) {
    const off = Array.from(found[part].data, (x, at) => x / (expected[part].data[at] ?? 0) - 1);
    expect([part, Math.max(...off.map(Math.abs)) < 1e-13]).toEqual([part, true]);
  }
});
