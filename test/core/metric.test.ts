import {
  type CompleteMetric,
  compileMetric,
  completeMetric,
  dice,
  diceCrossEntropy,
  finishMetric,
  InputError,
  inOrder,
  type LossSpec,
  metricOf,
  metricSchema,
  SpecError,
  wassersteinDice,
} from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromSchema } from '../arbitraries/from-schema.js';
import { problemsOf } from './problems.js';

const metrics: fc.Arbitrary<CompleteMetric> = fromSchema(metricSchema)
  .filter((metric) => problemsOf(() => completeMetric(metric)).length === 0)
  .map((metric) => completeMetric(metric));

describe('a metric', () => {
  it('is its own completion, also after a round trip through JSON', () => {
    fc.assert(
      fc.property(metrics, (metric) => {
        expect(completeMetric(metric)).toEqual(metric);
        expect(completeMetric(JSON.parse(JSON.stringify(metric)))).toEqual(metric);
      }),
      { seed: 1 },
    );
  });

  it('decides, as a loss cannot', () => {
    for (const decide of ['argmax', 'threshold', { kind: 'labels', channels: 3 }]) {
      expect(problemsOf(() => completeMetric({ decide }))).toEqual([]);
    }
  });

  it('reports every problem at once, without the advice for losses', () => {
    const json = { decide: 'argmax', threshold: 0.5, reduction: 'argmax', empty: { give: 0 } };
    expect(problemsOf(() => completeMetric(json)).map(({ path, fix }) => [path, fix])).toEqual([
      ['metric.threshold', 'remove it'],
      ['metric.empty.give', undefined],
      ['metric.reduction', undefined],
    ]);
  });
});

describe('the metric of a loss', () => {
  it('has its target, classes and index, pools the batch and decides as the activation says', () => {
    const spec = dice({ target: { kind: 'labels', ignore: 255 }, activation: 'softmax' });
    expect(metricOf({ ...spec })).toMatchObject({
      target: { kind: 'labels', ignore: 255 },
      decide: { kind: 'argmax' },
      classes: { kind: 'all' },
      index: { kind: 'dice' },
      per: 'batch',
      empty: { when: 'both', give: 'one' },
      smoothing: { numerator: 0, denominator: 0 },
    });
  });

  const regions = { kind: 'regions', regions: [[1, 2], [2]], merge: 'target' } as const;
  it.each<[string, LossSpec, CompleteMetric['decide']]>([
    ['softmax', diceCrossEntropy({ target: 'labels' }), { kind: 'argmax' }],
    ['sigmoid', dice({ activation: 'sigmoid' }), { kind: 'threshold', threshold: 0 }],
    ['exclusive probabilities', dice(), { kind: 'argmax' }],
    ['one probability', dice({ target: 'binary' }), { kind: 'threshold', threshold: 0.5 }],
    ['many', dice({ target: 'multilabel' }), { kind: 'threshold', threshold: 0.5 }],
    [
      'a channel per region',
      dice({ target: 'labels', classes: regions }),
      { kind: 'threshold', threshold: 0.5 },
    ],
  ])('%s', (_, spec, decide) => {
    expect(metricOf(spec).decide).toEqual(decide);
  });

  it('counts the voxels that have a weight', () => {
    const voxels = [
      'all',
      'mask',
      'channel-mask',
      'weights',
      'masked-inputs',
      'target-mass',
    ] as const;
    expect(voxels.map((kind) => metricOf(dice({ voxels: kind })).voxels.kind)).toEqual([
      'all',
      'mask',
      'channel-mask',
      'mask',
      'mask',
      'target-mass',
    ]);
  });

  it('takes what is chosen otherwise, and refuses what it cannot be', () => {
    const chosen = { index: 'jaccard', empty: { give: 'skip' }, per: 'image' } as const;
    expect(
      metricOf(
        wassersteinDice({
          distances: [
            [0, 1],
            [1, 0],
          ],
        }),
        chosen,
      ),
    ).toMatchObject({
      index: { kind: 'jaccard' },
      empty: { when: 'both', give: 'skip' },
      per: 'image',
    });
    expect(() => metricOf(dice({ target: 'soft' }))).toThrowError(SpecError);
    expect(metricOf(dice({ target: 'soft' }), { target: 'one-hot' }).target.kind).toBe('one-hot');
  });
});

describe('a compiled metric', () => {
  it('needs its counts', () => {
    expect(() => finishMetric({ target: 'labels' }, {})).toThrowError(InputError);
    expect(() => finishMetric({ target: 'labels' }, {})).toThrowError(/expected I, P, T/);
  });

  it.each([0.3, -0.3, 0.5, 0, -1e-50, 1e-50])(
    'float32 has the same numbers above %d',
    (threshold) => {
      const { statistics } = compileMetric(
        { target: 'binary', decide: { kind: 'threshold', threshold } },
        { precision: 'float32' },
      );
      const [limit = Number.NaN] = inOrder(statistics.map(({ node }) => node)).flatMap((node) =>
        node.op === 'less' && node.args[0].op === 'const' ? [node.args[0].value] : [],
      );
      expect(Math.fround(limit)).toBe(limit);
      const bits = new Int32Array(Float32Array.of(Math.fround(threshold)).buffer);
      const near = [-2, -1, 0, 1, 2].map(
        (step) => new Float32Array(Int32Array.of((bits[0] ?? 0) + step).buffer)[0] ?? 0,
      );
      for (const x of near) expect(x > limit, String(x)).toBe(x > threshold);
    },
  );
});
