import { parseSpec } from '@softdice/core';
import { describe, expect, it } from 'vitest';
import { messagesOf, problemsOf } from './problems.js';

const messages = (spec: unknown): readonly string[] => messagesOf(() => parseSpec(spec));
const ofTerm = (term: object): readonly string[] =>
  messages({ terms: [{ kind: 'overlap', ...term }] });

describe('a message', () => {
  it('says where, what was expected, what was received, and the fix where one is known', () => {
    expect(ofTerm({ per: 'voxel' })).toEqual([
      "[softdice] Invalid terms[0].per: expected 'image' | 'batch' | 'merged-image' | 'everything' but received \"voxel\"",
    ]);
    expect(ofTerm({ smooth: 1 })).toEqual([
      "[softdice] Invalid terms[0].smooth: expected only 'kind' | 'weight' | 'activation' | 'classes' | 'counting' | 'index' | 'per' | 'smoothing' | 'absent' | 'weights' | 'transform' | 'transformed' | 'power' | 'reduction' | 'name' but received 1; remove it",
    ]);
  });

  it('names the constraint', () => {
    expect(ofTerm({ absent: 'skip', reduction: 'sum' })).toEqual([
      "[softdice] Invalid terms[0].absent: expected absent 'skip' only with a reduction that takes a mean but received \"skip\" (C6); use absent 'zero'",
    ]);
  });

  it('shortens a long value', () => {
    const [message] = ofTerm({ per: 'x'.repeat(500) });
    expect(message).toMatch(/received "x{56}\.\.\.$/);
  });

  it('is one of several, all at once, in the order of the fields', () => {
    const spec = {
      format: 2,
      target: 'labels',
      rescale: { scale: Number.NaN },
      terms: [
        { kind: 'overlap', per: 1, smoothing: { floor: -1, above: 3 } },
        { kind: 'overlap', classes: { kind: 'list', channels: [0, 1.5, '2'] } },
        null,
      ],
      extra: {},
    };
    expect(problemsOf(() => parseSpec(spec)).map(({ path, received }) => [path, received])).toEqual(
      [
        ['extra', '{}'],
        ['format', '2'],
        ['rescale.scale', 'NaN'],
        ['terms[0].per', '1'],
        ['terms[0].smoothing.above', '3'],
        ['terms[0].smoothing.floor', '-1'],
        ['terms[1].classes.channels[1]', '1.5'],
        ['terms[1].classes.channels[2]', '"2"'],
        ['terms[2]', 'null'],
      ],
    );
  });

  it('of a constraint waits until every field is well-formed', () => {
    const broken = { kind: 'overlap', absent: 'skip', reduction: 'sum' };
    const both = problemsOf(() => parseSpec({ terms: [broken, { ...broken, per: 1 }] }));
    expect(both.map(({ path }) => path)).toEqual(['terms[1].per']);
    const two = problemsOf(() => parseSpec({ terms: [broken, broken] }));
    expect(two.map(({ path }) => path)).toEqual(['terms[0].absent', 'terms[1].absent']);
  });
});

describe('a value of the wrong type', () => {
  it.each([
    ['spec', undefined, 'an object', 'nothing'],
    ['spec', null, 'an object', 'null'],
    ['spec', [], 'an object', '[]'],
    ['spec', 'dice', 'an object', '"dice"'],
    ['spec', () => 1, 'an object', 'a function'],
    ['terms', {}, 'a non-empty list', 'nothing'],
    ['terms', { terms: [] }, 'a non-empty list', '[]'],
    ['terms', { terms: { 0: 'overlap' } }, 'a non-empty list', '{"0":"overlap"}'],
    [
      'terms[0]',
      { terms: [['overlap']] },
      "'overlap' | 'cross-entropy' | 'wasserstein' | 'centerline-dice' | 'sensitivity-specificity', as a word or as { kind }",
      '["overlap"]',
    ],
    ['format', { format: '1', terms: ['overlap'] }, 'an integer >= 1 and <= 1', '"1"'],
    ['rescale', { rescale: null, terms: ['overlap'] }, 'an object', 'null'],
  ])('at %s: %j', (path, spec, expected, received) => {
    expect(problemsOf(() => parseSpec(spec))).toEqual([{ path, expected, received }]);
  });

  it.each([
    [{ weight: Number.POSITIVE_INFINITY }, 'terms[0].weight'],
    [{ weight: 10n }, 'terms[0].weight'],
    [{ power: { cell: 0 } }, 'terms[0].power.cell'],
    [{ power: { cell: '2' } }, 'terms[0].power.cell'],
    [{ name: ' ' }, 'terms[0].name'],
    [{ index: { kind: 'tversky', alpha: null } }, 'terms[0].index.alpha'],
    [{ index: { alpha: 1 } }, 'terms[0].index'],
    [{ classes: 'list' }, 'terms[0].classes.channels'],
    [{ classes: { kind: 'regions', regions: [[0], []] } }, 'terms[0].classes.regions[1]'],
    [{ classes: { kind: 'list', channels: new Array(2) } }, 'terms[0].classes.channels[0]'],
  ])('in a term: %o', (term, path) => {
    const [first] = problemsOf(() => parseSpec({ terms: [{ kind: 'overlap', ...term }] }));
    expect(first?.path).toBe(path);
  });
});

describe('a decision in a loss', () => {
  const fix = (word: string): string =>
    `a loss cannot decide (${word} has gradient 0 everywhere): use it in a metric, and softmax or sigmoid in the loss`;

  it.each([
    ['argmax', { terms: [{ kind: 'overlap', activation: 'argmax' }] }],
    ['threshold', { terms: [{ kind: 'overlap', activation: 'threshold' }] }],
    ['argmax', { terms: [{ kind: 'argmax' }] }],
    ['decide', { decide: 'argmax', terms: ['overlap'] }],
    ['threshold', { threshold: 0.5, terms: ['overlap'] }],
    ['threshold', { terms: [{ kind: 'overlap', threshold: 0.5 }] }],
  ])('is explained: %s in %j', (word, spec) => {
    expect(problemsOf(() => parseSpec(spec)).map((problem) => problem.fix)).toEqual([fix(word)]);
  });

  it('is not suspected where a threshold of absent classes stands in the wrong variant', () => {
    const spec = { terms: [{ kind: 'overlap', absent: { kind: 'keep', threshold: 1 } }] };
    expect(problemsOf(() => parseSpec(spec)).map((problem) => problem.fix)).toEqual(['remove it']);
  });
});
