import {
  type Additive,
  combine,
  compile,
  dice,
  diceTopK,
  filled,
  finish,
  jaccard,
  merge,
  type NamedArray,
  type Program,
  topK,
} from '@softdice/core';
import { describe, expect, it } from 'vitest';
import { problemsOf } from './problems.js';

/** One statistic per sample and class. */
const perImage = (samples: number, ...data: readonly number[]): NamedArray =>
  filled(['sample', 'class'], [samples, data.length / samples], (at) => data[at] ?? 0);
/** One statistic per class. */
const perBatch = (...data: readonly number[]): NamedArray =>
  filled(['class'], [data.length], (at) => data[at] ?? 0);

describe('merging', () => {
  it('adds tiles', () => {
    const tiles = [{ I: perImage(2, 1, 2, 3, 4) }, { I: perImage(2, 10, 20, 30, 40) }];
    expect(merge(tiles, 'tiles', dice())).toEqual({ I: perImage(2, 11, 22, 33, 44) });
  });

  it('concatenates the samples of batches, also of different size', () => {
    const batches = [
      { I: perImage(2, 1, 2, 3, 4) },
      { I: perImage(1, 5, 6) },
      { I: perImage(1, 7, 8) },
    ];
    expect(merge(batches, 'batches', dice())).toEqual({ I: perImage(4, 1, 2, 3, 4, 5, 6, 7, 8) });
  });

  it('adds batches where the samples are pooled', () => {
    const batches = [{ I: perBatch(1, 2) }, { I: perBatch(3, 4) }];
    expect(merge(batches, 'batches', dice())).toEqual({ I: perBatch(4, 6) });
  });

  it('takes one part as it is and changes none', () => {
    const part = { I: perImage(1, 1, 2), P: perBatch(3) };
    expect(merge([part], 'batches', dice())).toEqual(part);
    merge([part, part], 'tiles', dice());
    expect(part).toEqual({ I: perImage(1, 1, 2), P: perBatch(3) });
  });

  it('does not depend on the order in which a part names its statistics', () => {
    const parts = [
      { I: perBatch(1), P: perBatch(2) },
      { P: perBatch(20), I: perBatch(10) },
    ];
    expect(merge(parts, 'tiles', dice())).toEqual({ I: perBatch(11), P: perBatch(22) });
  });
});

describe('parts that do not fit', () => {
  const fix = 'merge statistics of one spec only';
  const problem = (expected: string, received: string): unknown => [
    { path: 'statistics', expected, received, fix },
  ];

  it('none at all', () => {
    expect(problemsOf(() => merge([], 'tiles', dice()))).toEqual(
      problem('at least one part', 'none'),
    );
  });

  it('other names', () => {
    const parts = [{ I: perBatch(1), P: perBatch(1) }, { I: perBatch(1) }];
    expect(problemsOf(() => merge(parts, 'tiles', dice()))).toEqual(
      problem('statistics I, P', 'I'),
    );
  });

  it('other axes', () => {
    const parts = [{ I: perBatch(1) }, { I: perImage(1, 1) }];
    const expected = problem('[class] of shape [1]', '[sample,class] of shape [1,1]');
    expect(problemsOf(() => merge(parts, 'tiles', dice()))).toEqual(expected);
    expect(problemsOf(() => merge(parts, 'batches', dice()))).toEqual(expected);
  });

  it('other sizes', () => {
    const classes = [{ I: perImage(1, 1, 2) }, { I: perImage(1, 1, 2, 3) }];
    const expected = problem('[sample,class] of shape [1,2]', '[sample,class] of shape [1,3]');
    expect(problemsOf(() => merge(classes, 'batches', dice()))).toEqual(expected);
    const samples = [{ I: perImage(1, 1, 2) }, { I: perImage(2, 1, 2, 3, 4) }];
    expect(problemsOf(() => merge(samples, 'batches', dice()))).toEqual([]);
    expect(problemsOf(() => merge(samples, 'tiles', dice()))).toHaveLength(1);
  });
});

describe('losses of which parts do not add up', () => {
  const parts = [{ I: perBatch(1) }, { I: perBatch(2) }];
  const additive = (over: Additive): Program => ({ ...compile(dice()), additive: over });

  it.each([
    ['voxels', 'tiles', true],
    ['voxels', 'batches', true],
    ['samples', 'tiles', false],
    ['samples', 'batches', true],
    ['nothing', 'tiles', false],
    ['nothing', 'batches', false],
  ] as const)('additive over %s, merged from %s: %s', (over, of, holds) => {
    const problems = problemsOf(() => merge(parts, of, additive(over)));
    expect(problems.map(({ path, received }) => [path, received])).toEqual(
      holds ? [] : [['parts', of]],
    );
  });

  it('refuses parts of the hardest voxels, which are those of the whole batch', () => {
    const program = compile(diceTopK({ target: 'labels' }));
    expect(program.additive).toBe('nothing');
    const fix = 'compute the statistics of whole samples, or of the whole batch';
    for (const of of ['tiles', 'batches'] as const) {
      const expected = 'the whole batch at once of a loss that is additive over nothing';
      expect(problemsOf(() => merge([{}, {}], of, program))).toEqual([
        { path: 'parts', expected, received: of, fix },
      ]);
    }
    expect(compile(topK({ percent: 100 })).additive).toBe('voxels');
  });

  it('says what can be merged instead', () => {
    const expected = 'batches of a loss that is additive over samples';
    const fix = 'compute the statistics of whole samples, or of the whole batch';
    expect(problemsOf(() => merge(parts, 'tiles', additive('samples')))).toEqual([
      { path: 'parts', expected, received: 'tiles', fix },
    ]);
  });
});

describe('finish', () => {
  const plain = { smoothing: { numerator: 0, denominator: 0, floor: 1e-16 } };
  const sums = (I: number, P: number, T: number): Readonly<Record<string, NamedArray>> => ({
    'dice.I': perImage(1, I),
    'dice.P': perImage(1, P),
    'dice.T': perImage(1, T),
  });

  it('gives loss, scores and coefficients', () => {
    const { loss, scores, coefficients } = finish(dice(plain), sums(1, 2, 3));
    expect(loss.data).toEqual(Float64Array.of(1 - 2 / 5));
    expect([scores.axes, scores.data]).toEqual([['sample', 'class'], Float64Array.of(2 / 5)]);
    // d(1 - 2I / (P + T)): by I, and by P, which alone hold the prediction.
    expect(Object.keys(coefficients)).toEqual(['dice.I', 'dice.P']);
    expect(coefficients['dice.I']?.data[0]).toBeCloseTo(-2 / 5, 15);
    expect(coefficients['dice.P']?.data[0]).toBeCloseTo(2 / 25, 15);
  });

  it('takes a program as well as its spec', () => {
    const spec = dice(plain);
    expect(finish(compile(spec), sums(1, 2, 3))).toEqual(finish(spec, sums(1, 2, 3)));
  });

  it('names each term', () => {
    const spec = combine([
      [0.5, dice(plain)],
      [2, jaccard(plain)],
    ]);
    const both = { ...sums(1, 2, 3) };
    const jaccardSums = Object.fromEntries(
      Object.entries(both).map(([name, value]) => [name.replace('dice', 'jaccard'), value]),
    );
    const { loss, terms } = finish(spec, { ...both, ...jaccardSums });
    expect(terms['dice']?.loss.data[0]).toBeCloseTo(0.6, 15);
    expect(terms['jaccard']?.scores.data[0]).toBeCloseTo(0.25, 15);
    expect(loss.data[0]).toBeCloseTo(0.5 * 0.6 + 2 * 0.75, 15);
  });

  it('names the statistics that it misses', () => {
    expect(problemsOf(() => finish(dice(), { 'dice.P': perImage(1, 1) }))).toEqual([
      {
        path: 'statistics',
        expected: 'dice.I, dice.T',
        received: 'dice.P',
        fix: 'merge statistics of one spec only',
      },
    ]);
  });
});
