import {
  completeMetric,
  InputError,
  type MetricPlan,
  metricSchema,
  SpecError,
} from '@softdice/core';
import { score as fullScore, type Tensor } from '@softdice/reference';
import { type LabelMapMetric, score } from '@softdice/reference/score';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extreme, fromSchema, usual } from '../arbitraries/from-schema.js';
import { metricCases } from '../arbitraries/metric.js';
import { problemsOf } from '../core/problems.js';

const metric = { target: 'labels', decide: { kind: 'labels', channels: 3 } } as const;
const one: Tensor = { shape: [1, 1], data: [0] };

/** Everything that a metric of label maps may say, rules across fields apart. */
const written = (numbers: typeof usual): fc.Arbitrary<LabelMapMetric> =>
  fc
    .tuple(
      fromSchema(metricSchema, numbers) as fc.Arbitrary<LabelMapMetric>,
      fc.constantFrom('labels', { kind: 'labels', ignore: -1 }, { kind: 'labels', ignore: 2 }),
      fc.integer({ min: 2, max: 5 }),
    )
    .map(([drawn, target, channels]) => ({
      ...drawn,
      target: target as LabelMapMetric['target'],
      decide: { kind: 'labels', channels },
      voxels: 'all',
    }));

const isRefused = (f: () => unknown): boolean => problemsOf(f).length > 0;

describe('the score of label maps alone', () => {
  it('knows every word, default and rule of the schema', () => {
    for (const numbers of [usual, extreme]) {
      fc.assert(
        fc.property(written(numbers), (drawn) => {
          const expected = problemsOf(() => completeMetric(drawn));
          const received = problemsOf(() => score(drawn, { prediction: one, target: one }));
          const ofMetric = received.filter(({ path }) => path.startsWith('metric.'));
          if (expected.length > 0) expect(ofMetric).toEqual(expected);
          // What is left are classes that the labels do not have.
          else expect(ofMetric.filter(({ constraint }) => constraint !== undefined)).toEqual([]);
        }),
        { seed: 4, numRuns: 150 },
      );
    }
  });

  const arrays: readonly ((data: readonly number[]) => ArrayLike<number>)[] = [
    (data) => Uint8Array.from(data),
    (data) => Uint16Array.from(data),
    (data) => Int32Array.from(data),
    (data) => Float32Array.from(data),
    (data) => data,
  ];
  const labelCases = metricCases(fc.integer({ min: 0, max: 3 })).filter(
    ({ metric: { target, decide, voxels } }) =>
      target.kind === 'labels' && decide.kind === 'labels' && voxels.kind === 'all',
  );
  it('is that of the whole package, in arrays of any kind', () => {
    fc.assert(
      fc.property(labelCases, fc.constantFrom(...arrays), ({ metric: drawn, batch }, kind) => {
        const { prediction, target } = batch;
        const negative = target.data.some((label) => label < 0);
        const of = ({ shape, data }: Tensor): Tensor => ({
          shape,
          data: negative ? Int16Array.from(data) : kind(Array.from(data)),
        });
        const maps = { prediction: of(prediction), target: of(target) };
        const expected = fullScore(drawn, maps);
        const received = score(drawn as LabelMapMetric & MetricPlan, maps);
        expect(received.shape).toEqual(expected.shape);
        expected.data.forEach((value, at) => {
          const got = received.data[at] ?? 0;
          expect(Number.isNaN(value) ? Number.isNaN(got) : Math.abs(got - value) <= 1e-14).toBe(
            true,
          );
        });
      }),
      { seed: 5, numRuns: 50 },
    );
  });

  it('refuses what the whole package refuses', () => {
    const maps = fc.record({
      prediction: tensors(),
      target: tensors(),
    });
    let refused = 0;
    fc.assert(
      fc.property(maps, (drawn) => {
        const expected = isRefused(() => fullScore(metric, drawn));
        expect(isRefused(() => score(metric, drawn))).toBe(expected);
        refused += Number(expected);
      }),
      { seed: 6, numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(100);
    expect(refused).toBeLessThan(490);
  });

  it.each<[string, object, Tensor, Tensor, RegExp]>([
    [
      'a label',
      {},
      { shape: [1, 2], data: [0, 3] },
      { shape: [1, 2], data: [0, 1] },
      /prediction.*\[0, 3\).*3 at \[0, 1\]/,
    ],
    [
      'a number of values',
      {},
      { shape: [1, 2], data: [0] },
      { shape: [1, 2], data: [0, 1] },
      /2 values.*1/,
    ],
    [
      'a shape',
      {},
      { shape: [1, 2], data: [0, 0] },
      { shape: [2, 1], data: [0, 1] },
      /target.*shape \[1,2\]/,
    ],
    ['a word', { per: 'sample' }, one, one, /metric.per.*'image'.*"sample"/],
    ['a field', { smooth: 1 }, one, one, /metric.smooth.*remove it/],
    [
      'a class',
      { classes: { kind: 'list', channels: [3] } },
      one,
      one,
      /decide.channels.*at least 4.*3/,
    ],
    ['weights', { weights: { kind: 'given', values: [1] } }, one, one, /weights.values.*3.*1/],
    ['a mask', { voxels: 'mask' }, one, one, /metric.voxels/],
  ])('refuses %s with a clear message', (_, changes, prediction, target, message) => {
    const given = { ...metric, ...changes } as LabelMapMetric;
    const scored = (): unknown => score(given, { prediction, target });
    expect(scored).toThrowError(message);
    expect(() => fullScore(given, { prediction, target })).toThrowError();
    expect([InputError.name, SpecError.name]).toContain(problemKind(scored));
  });
});

function problemKind(f: () => unknown): string {
  try {
    f();
    return 'none';
  } catch (error) {
    return error instanceof Error ? error.name : 'unknown';
  }
}

function tensors(): fc.Arbitrary<Tensor> {
  return fc
    .tuple(
      fc.constantFrom<number[]>([2], [1, 2], [1, 1, 2], [2, 1], [0], []),
      fc.constantFrom(0, 0, 0, 3, -1, 0.5, Number.NaN),
      fc.constantFrom(0, 0, 0, 1),
    )
    .map(([shape, first, missing]) => {
      const size = shape.reduce((product, length) => product * length, 1);
      const data = Array.from({ length: size - missing }, (_, at) => (at === 0 ? first : 1));
      return { shape, data };
    });
}
