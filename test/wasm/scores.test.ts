import {
  compile,
  compileMetric,
  InputError,
  type MetricProgram,
  type MetricSpec,
} from '@softdice/core';
import { type FusedScore, fusedScore, type Layout } from '@softdice/core/wasm-score';
import { score } from '@softdice/reference';
import { describe, expect, it } from 'vitest';
import { stream } from '../arbitraries/batch.js';

function scoreOf(metric: MetricSpec, layout?: Layout): FusedScore {
  const program = compileMetric(metric, { precision: 'float32' });
  return fusedScore(program, layout === undefined ? {} : { layout });
}

describe('hard scores by kernels', () => {
  it('take the first of the largest channels, whatever these are', () => {
    const random = stream(3);
    const numbers = [Number.NEGATIVE_INFINITY, -1e4, -1, -0, 0, 1e-45, 1, Number.POSITIVE_INFINITY];
    const [channels, voxels] = [5, 1003];
    const data = Float32Array.from({ length: channels * voxels }, (_, at) =>
      // Every third voxel has equal channels.
      (at % voxels) % 3 === 0 ? -0 : (numbers[Math.floor(random() * numbers.length)] ?? 0),
    );
    const all = Array.from({ length: channels }, (_, channel) => channel);
    const winners = Array.from({ length: voxels }, (_, voxel) => {
      const own = all.map((channel) => data[channel * voxels + voxel] ?? 0);
      return own.findIndex((value) => own.every((other) => value >= other));
    });
    const { statistics } = scoreOf({ target: 'labels' })({
      prediction: { shape: [1, channels, voxels], data },
      target: { shape: [1, voxels], data: winners },
    });
    const counts = all.map((channel) => winners.filter((winner) => winner === channel).length);
    for (const name of ['I', 'P', 'T']) {
      expect([...(statistics[name]?.data ?? [])]).toEqual(counts);
    }
  });

  it('count more voxels than float32 has numbers for', () => {
    const voxels = 2 ** 24 + 3;
    const shape = [1, 1, voxels];
    const data = new Uint8Array(voxels).fill(1);
    const { statistics, scores } = scoreOf({ target: 'binary', decide: 'threshold' })({
      prediction: { shape, data },
      target: { shape, data },
    });
    expect(statistics['I']?.data[0]).toBe(voxels);
    expect(scores.data[0]).toBe(1);
  });

  it('read label maps with and without channels in either layout', () => {
    const metric: MetricSpec = { target: 'one-hot', decide: { kind: 'labels', channels: 3 } };
    const map = Uint8Array.of(0, 1, 2, 1, 1, 0);
    const truth = Uint8Array.of(0, 1, 1, 1, 2, 0);
    const last = Float32Array.from({ length: 18 }, (_, at) =>
      Number(truth[Math.floor(at / 3)] === at % 3),
    );
    const first = Float32Array.from({ length: 18 }, (_, at) =>
      Number(truth[at % 6] === Math.floor(at / 6)),
    );
    const prediction = { shape: [1, 1, 2, 3], data: map };
    const target = { shape: [1, 3, 2, 3], data: first };
    const expected = score(metric, { prediction, target }).data;
    for (const shape of [
      [1, 2, 3],
      [1, 1, 2, 3],
    ]) {
      const found = scoreOf(metric)({ prediction: { shape, data: map }, target });
      expect([...found.scores.data]).toEqual([...expected]);
    }
    for (const shape of [
      [1, 2, 3],
      [1, 2, 3, 1],
    ]) {
      const found = scoreOf(
        metric,
        'channelsLast',
      )({
        prediction: { shape, data: map },
        target: { shape: [1, 2, 3, 3], data: last },
      });
      expect([...found.scores.data]).toEqual([...expected]);
    }
  });

  it('refuse what is no metric for float32, and inputs that do not fit, before any is read', () => {
    const words = /Invalid program: .*precision: 'float32'/;
    for (const wrong of [
      { target: 'labels' },
      undefined,
      compile({ target: 'labels', terms: ['overlap'] }),
      compileMetric({ target: 'labels' }),
    ]) {
      expect(() => fusedScore(wrong as MetricProgram)).toThrowError(words);
    }
    const unread = { shape: [1, 1, 4], data: [] };
    const step = scoreOf({ target: 'labels' });
    expect(() => step({ prediction: unread, target: unread })).toThrowError(InputError);
    expect(() => step({ prediction: unread, target: unread })).toThrowError(/2 channels/);
  });
});
