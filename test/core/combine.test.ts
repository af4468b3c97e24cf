import { channelUse, combine, dice, jaccard, planOf, tversky, vnet } from '@softdice/core';
import { describe, expect, it } from 'vitest';
import { problemsOf } from './problems.js';

describe('a combination', () => {
  it('has the terms of its parts, weights multiplied', () => {
    const spec = combine([
      [0.5, dice({ weight: 3 })],
      [2, jaccard()],
      [-1, tversky({ weight: 0.25 })],
    ]);
    expect(planOf(spec).terms.map(({ name, weight }) => [name, weight])).toEqual([
      ['dice', 1.5],
      ['jaccard', 2],
      ['tversky', -0.25],
    ]);
  });

  it('combines again', () => {
    const inner = combine([
      [0.5, dice()],
      [0.25, jaccard()],
    ]);
    const outer = combine([
      [2, inner],
      [1, dice()],
    ]);
    expect(planOf(outer).terms.map(({ name, weight }) => [name, weight])).toEqual([
      ['dice', 1],
      ['jaccard', 0.5],
      ['dice 2', 1],
    ]);
  });

  it('keeps target, voxels and rescaling, and each term its own choices', () => {
    const shared = { target: 'labels', voxels: 'mask', rescale: { scale: 0.9 } } as const;
    const spec = combine([
      [1, dice({ ...shared, activation: 'softmax' })],
      [1, vnet({ ...shared, activation: 'sigmoid', classes: 'foreground' })],
    ]);
    const plan = planOf(spec);
    expect(plan).toMatchObject({
      target: { kind: 'labels' },
      voxels: { kind: 'mask' },
      rescale: { scale: 0.9, offset: 0 },
    });
    expect(plan.terms.map((term) => [term.activation, channelUse(term).classes.kind])).toEqual([
      ['softmax', 'all'],
      ['sigmoid', 'foreground'],
    ]);
  });

  it('of one part is the part, times its weight', () => {
    const part = dice({ reduction: 'none' });
    expect(planOf(combine([[1, part]]))).toEqual(planOf(part));
  });
});

describe('parts that cannot be combined', () => {
  const fix = 'all terms see the same target and voxels';

  it('none at all', () => {
    expect(problemsOf(() => combine([]))).toEqual([
      { path: 'combine', expected: 'at least one loss', received: 'none' },
    ]);
  });

  it('other targets, voxels and rescalings, all at once', () => {
    const problems = problemsOf(() =>
      combine([
        [1, dice({ target: 'labels' })],
        [1, dice({ target: 'labels', voxels: 'mask' })],
        [1, dice({ target: { kind: 'labels', ignore: 0 }, rescale: { scale: 0.5 } })],
      ]),
    );
    expect(problems).toEqual([
      {
        path: 'target',
        expected: '{"kind":"labels"} in every part',
        received: '{"kind":"labels","ignore":0}',
        fix,
      },
      {
        path: 'voxels',
        expected: '{"kind":"all"} in every part',
        received: '{"kind":"mask"}',
        fix,
      },
      {
        path: 'rescale',
        expected: '{"scale":1,"offset":0} in every part',
        received: '{"scale":0.5,"offset":0}',
        fix,
      },
    ]);
  });

  it('a grid among several terms', () => {
    const parts = [
      [1, dice({ reduction: 'none' })],
      [1, dice()],
    ] as const;
    const problems = problemsOf(() => planOf(combine(parts)));
    expect(problems.map(({ constraint }) => constraint)).toEqual(['C11']);
  });

  it('the same name twice', () => {
    const parts = [
      [1, dice({ name: 'overlap' })],
      [1, jaccard({ name: 'overlap' })],
    ] as const;
    const problems = problemsOf(() => planOf(combine(parts)));
    expect(problems.map(({ constraint }) => constraint)).toEqual(['C16']);
  });

  it('a part that is no loss', () => {
    const broken = dice({ absent: 'skip', reduction: 'sum' });
    expect(problemsOf(() => combine([[1, broken]])).map(({ constraint }) => constraint)).toEqual([
      'C6',
    ]);
  });
});
