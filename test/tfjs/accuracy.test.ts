import { dice, planOf } from '@softdice/core';
import { evaluate } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { backends, useBackend } from './backend.js';
import { losses } from './losses.js';
import { random, samplesFor, tensorOf } from './samples.js';

/** Dice of the softmax of two channels, in float64 and by hand: scores and the slope of the loss by each logit. */
function diceOfTwo(logits: Float32Array, labels: Int32Array) {
  const voxels = labels.length;
  const smooth = 1e-5;
  const probability = (voxel: number): readonly [number, number] => {
    const difference = (logits[2 * voxel] ?? 0) - (logits[2 * voxel + 1] ?? 0);
    const second = 1 / (1 + Math.exp(difference));
    return [1 / (1 + Math.exp(-difference)), second];
  };
  const sums = [0, 1].map(() => ({ intersection: 0, total: 0 }));
  for (let voxel = 0; voxel < voxels; voxel += 1) {
    const p = probability(voxel);
    sums.forEach((sum, at) => {
      const t = labels[voxel] === at ? 1 : 0;
      sum.intersection += (p[at] ?? 0) * t;
      sum.total += (p[at] ?? 0) + t;
    });
  }
  const scores = sums.map(
    ({ intersection, total }) => (2 * intersection + smooth) / (total + smooth),
  );
  const slope = (voxel: number): number => {
    const p = probability(voxel);
    const byP = sums.map(({ total }, at) => {
      const t = labels[voxel] === at ? 1 : 0;
      return ((scores[at] ?? 0) / 2 - t) / (total + smooth);
    });
    return p[0] * p[1] * ((byP[0] ?? 0) - (byP[1] ?? 0));
  };
  return { scores, slope };
}

const large = [
  { backend: 'cpu', kernels: 'ops', size: 192, bound: 1e-5, each: 1e-5 },
  { backend: 'wasm', kernels: 'ops', size: 192, bound: 1e-5, each: 1e-5 },
  { backend: 'wasm', kernels: 'fused', size: 256, bound: 1e-6, each: 2e-6 },
] as const;

describe.each(large)('$backend, kernels $kernels, at $size³ voxels', (choice) => {
  const { backend, kernels, size, bound, each } = choice;
  beforeAll(() => useBackend(backend));

  it(`has scores and gradient within ${bound}, also for a class of 100 voxels`, () => {
    const rare = 100;
    const voxels = size ** 3;
    const next = random(3);
    const labels = new Int32Array(voxels);
    for (let at = 0; at < rare; at += 1) labels[Math.floor((voxels * (at + 0.5)) / rare)] = 1;
    const logits = Float32Array.from({ length: 2 * voxels }, (_, at) => {
      const isRare = labels[at >> 1] === 1;
      return at % 2 === 0 ? 0 : (isRare ? 2 : -9) + Math.round(8 * next()) / 8;
    });
    const prediction = tf.tensor(logits, [1, size, size, size, 2]);
    const target = tf.tensor(labels, [1, size, size, size], 'int32');
    const result = evaluate(dice({ target: 'labels', activation: 'softmax' }), { kernels })({
      prediction,
      target,
    });
    const expected = diceOfTwo(logits, labels);
    const scores = result.scores.dataSync();
    expected.scores.forEach((score, at) => {
      expect(Math.abs((scores[at] ?? 0) / score - 1)).toBeLessThan(bound);
    });
    const gradient = result.gradient.dataSync();
    let [largest, steepest, furthest] = [0, 0, 0];
    for (let voxel = 0; voxel < voxels; voxel += 1) {
      const slope = expected.slope(voxel);
      for (const [channel, wanted] of [slope, -slope].entries()) {
        const received = gradient[2 * voxel + channel] ?? Number.NaN;
        const error = Math.abs(received / wanted - 1);
        steepest = Math.max(steepest, Math.abs(wanted));
        furthest = Math.max(furthest, Math.abs(received - wanted));
        // A NaN must win as well.
        largest = error <= largest ? largest : error;
      }
    }
    // Beside the largest slope, and each beside its own, which is a difference of larger numbers.
    expect(furthest / steepest).toBeLessThan(bound);
    expect(largest).toBeLessThan(each);
    tf.dispose([prediction, target, result]);
  }, 240_000);
});

const everywhere = backends.flatMap((backend) =>
  (['ops', 'fused'] as const).map((kernels) => ({ backend, kernels })),
);

for (const { backend, kernels } of everywhere) {
  describe(`${backend}, kernels ${kernels}`, () => {
    beforeAll(() => useBackend(backend));

    // One value per voxel makes every rounding go the same way.
    it.each([
      ['a prime number of voxels', [100_003], 'channelsLast'],
      ['a prime number of voxels', [100_003], 'channelsFirst'],
      ['a plane', [509, 400], 'channelsLast'],
      ['a plane', [509, 400], 'channelsFirst'],
    ] as const)('sums equal values over %s %j, %s', (_, spatial, layout) => {
      const shape =
        layout === 'channelsLast' ? ([1, ...spatial, 3] as const) : ([1, 3, ...spatial] as const);
      const voxels = spatial.reduce((product, length) => product * length, 1);
      const value = Math.fround(0.1);
      const result = tf.tidy(() => {
        const prediction = tf.fill([...shape], value);
        return evaluate(dice(), { layout, kernels })({
          prediction,
          target: tf.onesLike(prediction),
        });
      });
      for (const [symbol, each] of [
        ['P', value],
        ['T', 1],
      ] as const) {
        const sums = result.statistics[`dice.${symbol}`]?.dataSync() ?? [];
        expect(sums).toHaveLength(3);
        for (const sum of sums) {
          expect(Math.abs(sum / (each * voxels) - 1)).toBeLessThan(5e-6);
          // Counts are whole numbers, exactly.
          if (symbol === 'T') expect(sum).toBe(voxels);
        }
      }
      tf.dispose(result);
    });

    it.each(losses.map(({ name, ...tried }) => [name, tried] as const))(
      '%s: logits of 1e4 give finite numbers',
      (_, { spec, channels }) => {
        const samples = samplesFor(spec, [2, channels, 6, 4], 5);
        const logits = planOf(spec).terms.every(({ activation }) => activation !== 'none');
        const extreme = (value: number): number =>
          logits ? Math.sign(value) * 1e4 : Math.round(value);
        const saturated = { ...samples.prediction, data: samples.prediction.data.map(extreme) };
        const [prediction, target] = [saturated, samples.target].map((sample) =>
          tensorOf(sample, 'channelsLast', 4),
        );
        if (prediction === undefined || target === undefined) throw new Error('no inputs');
        const mask = samples.mask && tensorOf(samples.mask, 'channelsLast', 4);
        const options = { kernels: kernels === 'fused' ? ('auto' as const) : kernels };
        const result = evaluate(spec, options)({ prediction, target, mask });
        for (const tensor of [result.loss, result.gradient, result.scores]) {
          expect(tensor.dataSync().every(Number.isFinite)).toBe(true);
        }
        tf.dispose([prediction, target, result, mask ?? []]);
      },
    );
  });
}
