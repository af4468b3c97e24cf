import { InputError, type MetricSpec, SpecError, score } from '@softdice/reference';
import { describe, expect, it } from 'vitest';
import { expectClose, tensor } from './cases.js';

const maps: MetricSpec = { target: 'labels', decide: { kind: 'labels', channels: 3 } };

/** Label maps of two samples; class 2 is in neither map of sample 0, in sample 1 only predicted. */
const prediction = { shape: [2, 2, 2], data: Uint8Array.of(0, 1, 1, 1, 0, 2, 2, 1) };
const target = { shape: [2, 2, 2], data: Uint8Array.of(0, 0, 1, 1, 0, 1, 1, 1) };
const on = (metric: Partial<MetricSpec>): number[] => [
  ...score({ ...maps, ...metric }, { prediction, target }).data,
];

describe('hard scores', () => {
  it('count labels: 2I / (P + T)', () => {
    const result = score(maps, { prediction, target });
    expect(result.shape).toEqual([2, 3]);
    expectClose(result.data.slice(0, 2), [2 / 3, 4 / 5]);
    expect(result.data[2]).toBeNaN();
    expectClose(result.data.slice(3), [1, 2 / 4, 0]);
  });

  it.each<[string, Partial<MetricSpec>, readonly number[]]>([
    [
      'jaccard',
      { index: 'jaccard', classes: { kind: 'list', channels: [0, 1] } },
      [1 / 2, 2 / 3, 1, 1 / 3],
    ],
    [
      'tversky',
      { index: { kind: 'tversky', alpha: 1, beta: 0 }, classes: { kind: 'list', channels: [1] } },
      [2 / 3, 1],
    ],
    [
      'f-beta',
      { index: { kind: 'f-beta', beta: 2 }, classes: { kind: 'list', channels: [1] } },
      [10 / 11, 5 / 13],
    ],
    ['batch', { per: 'batch' }, [4 / 5, 6 / 9, 0]],
    ['merged-image', { per: 'merged-image' }, [6 / 8, 4 / 8]],
    ['everything', { per: 'everything' }, [10 / 16]],
    ['foreground', { classes: 'foreground', per: 'batch' }, [6 / 9, 0]],
    ['regions', { classes: { kind: 'regions', regions: [[1, 2]] } }, [4 / 5, 1]],
    [
      'regions of the target',
      { classes: { kind: 'regions', regions: [[0], [1], [0, 1]], merge: 'target' } },
      [2 / 3, 4 / 5, 0, 1, 2 / 4, 4 / 6],
    ],
  ])('%s', (_name, metric, expected) => {
    expectClose(on(metric), expected);
  });

  it('a ratio n/0 that is not empty is 0', () => {
    const metric: MetricSpec = { ...maps, index: { kind: 'tversky', alpha: 1, beta: 0 } };
    const inputs = { prediction: tensor([1, 2], [0, 0]), target: tensor([1, 2], [0, 1]) };
    expect([...score({ ...metric, empty: { give: 'one' } }, inputs).data]).toEqual([0.5, 0, 1]);
  });

  it('gives empty cells what the metric says', () => {
    const both = (give: 'nan' | 'zero' | 'one' | 'skip'): number | undefined =>
      on({ empty: { give } })[2];
    expect([both('nan'), both('zero'), both('one'), both('skip')]).toEqual([NaN, 0, 1, NaN]);
    expect(on({ empty: { when: 'target', give: 'one' } })[5]).toBe(1);
    expect(on({ empty: { when: 'both', give: 'one' } })[5]).toBe(0);
  });

  it('takes means that keep NaN or leave skipped cells out', () => {
    const sum = 2 / 3 + 4 / 5 + 1 + 2 / 4;
    const mean = (empty: MetricSpec['empty'] & {}): number[] => on({ empty, reduction: 'mean' });
    expect(mean({ give: 'nan' })).toEqual([NaN]);
    expectClose(mean({ give: 'skip' }), [sum / 5]);
    expectClose(mean({ give: 'skip', when: 'target' }), [sum / 4]);
    expectClose(mean({ give: 'one' }), [(sum + 1) / 6]);
    const nothing = { classes: { kind: 'list', channels: [2] }, per: 'batch' } as const;
    const skipped = { when: 'target', give: 'skip' } as const;
    expect(on({ ...nothing, empty: skipped, reduction: 'mean' })).toEqual([NaN]);
  });

  it('decides by the first largest channel, or by a threshold', () => {
    const inputs = {
      prediction: tensor([1, 3, 2], [0.4, 0.5, 0.4, 0.1, 0.2, 0.9]),
      target: tensor([1, 2], [0, 2]),
    };
    expect([...score({ target: 'labels', empty: { give: 'zero' } }, inputs).data]).toEqual([
      1, 0, 1,
    ]);
    const threshold = { kind: 'threshold', threshold: 0.4 } as const;
    const result = score({ target: 'labels', decide: threshold }, inputs);
    expect([...result.data]).toEqual([0, NaN, 1]);
    const binary = score(
      { target: 'binary', decide: 'threshold' },
      { prediction: tensor([1, 1, 3], [0.5, 0.6, 0.7]), target: tensor([1, 3], [1, 1, 0]) },
    );
    expect([...binary.data]).toEqual([0.5]);
  });

  it('scores the union of channels that are not exclusive', () => {
    const metric: MetricSpec = {
      target: 'multilabel',
      decide: 'threshold',
      classes: { kind: 'regions', regions: [[0, 1]] },
    };
    const inputs = {
      prediction: tensor([1, 2, 3], [1, 0, 0, 1, 1, 0]),
      target: tensor([1, 2, 3], [1, 1, 0, 1, 0, 1]),
    };
    expect([...score(metric, inputs).data]).toEqual([4 / 5]);
  });

  it('leaves out the ignore label', () => {
    const ignoring: MetricSpec = { ...maps, target: { kind: 'labels', ignore: 255 } };
    const inputs = { prediction: tensor([1, 3], [1, 1, 0]), target: tensor([1, 3], [1, 255, 0]) };
    expect([...score(ignoring, inputs).data]).toEqual([1, 1, NaN]);
  });

  it('takes label maps with and without a channel axis', () => {
    const spatial = [1, 2];
    const shapes = [
      [2, ...spatial],
      [2, 1, ...spatial],
    ];
    const data = [0, 1, 1, 1];
    for (const shape of shapes) {
      for (const other of shapes) {
        const inputs = { prediction: tensor(shape, data), target: tensor(other, data) };
        expect(score(maps, inputs).shape).toEqual([2, 3]);
      }
    }
  });
});

describe('refused inputs', () => {
  it('lists every bad value at once', () => {
    const inputs = { prediction: tensor([1, 2], [0, 3]), target: tensor([1, 2], [0.5, 0]) };
    expect(() => score(maps, inputs)).toThrowError(InputError);
    expect(() => score(maps, inputs)).toThrowError(
      /Invalid prediction.*3 at \[0, 1\][\s\S]*Invalid target/,
    );
  });

  it('takes hard targets only', () => {
    expect(() => score({ target: 'soft' }, { prediction, target })).toThrowError(SpecError);
    const soft = tensor([1, 2, 1], [0.5, 0.5]);
    expect(() => score({ target: 'one-hot' }, { prediction: soft, target: soft })).toThrowError(
      /Invalid target: expected 0 or 1 but received 0.5 at \[0, 0, 0\]/,
    );
  });

  it('compares the shapes', () => {
    const inputs = { prediction: tensor([1, 2], [0, 1]), target: tensor([1, 3], [0, 1, 1]) };
    expect(() => score(maps, inputs)).toThrowError(InputError);
  });
});
