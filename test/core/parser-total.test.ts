import { completeMetric, parseSpec } from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { specs } from '../arbitraries/spec.js';
import { mutated, oddJson } from './mutations.js';
import { problemsOf } from './problems.js';

const valid = fc.integer({ min: 1, max: 4 }).chain(specs);
const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSparseArray: true,
});

/** Whether a value is refused; {@link problemsOf} passes on what is neither accepted nor refused. */
const refused = (value: unknown): boolean => problemsOf(() => parseSpec(value)).length > 0;

describe('the parser accepts or refuses', () => {
  it('any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(refused(json)).toBe(true);
      }),
      { seed: 2 },
    );
  });

  it('any value at all', () => {
    fc.assert(
      fc.property(anything, (value) => {
        refused(value);
        problemsOf(() => completeMetric(value));
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  it('any value in any place of a spec', () => {
    let refusals = 0;
    fc.assert(
      fc.property(mutated(valid, fc.oneof(oddJson, anything)), (spec) => {
        if (refused(spec)) refusals += 1;
      }),
      { numRuns: 800, seed: 1 },
    );
    expect(refusals).toBeGreaterThan(400);
  });

  it('JSON of any depth', () => {
    const depth = 200_000;
    const deep: unknown = JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    expect(refused(deep)).toBe(true);
    expect(refused({ terms: [{ kind: 'overlap', index: deep }] })).toBe(true);
  });

  it('values that JSON cannot say', () => {
    const circular: { terms: unknown[] } = { terms: [] };
    circular.terms.push(circular);
    expect(refused(circular)).toBe(true);
    expect(refused({ terms: [{ kind: 'overlap', index: { of: 1n } }] })).toBe(true);
    expect(refused({ terms: new Array(1) })).toBe(true);
    const unwilling = {
      toJSON: () => {
        throw new RangeError('not me');
      },
    };
    expect(refused({ terms: [unwilling] })).toBe(true);
  });
});

describe('a key that every object inherits', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('is unknown: %s', (key) => {
    const spec: unknown = JSON.parse(`{"terms":["overlap"],"${key}":{"polluted":true}}`);
    expect(problemsOf(() => parseSpec(spec)).map(({ path }) => path)).toEqual([key]);
    expect(({} as { polluted?: true }).polluted).toBeUndefined();
  });

  it.each(['__proto__', 'constructor', 'toString'])('is no word: %s', (word) => {
    expect(refused({ terms: [word] })).toBe(true);
    expect(refused({ terms: [{ kind: word }] })).toBe(true);
    expect(refused({ terms: [{ kind: 'overlap', per: word }] })).toBe(true);
    expect(refused({ terms: [{ kind: 'overlap', index: word }] })).toBe(true);
  });

  it('is a name like any other', () => {
    expect(refused({ terms: [{ kind: 'overlap', name: '__proto__' }] })).toBe(false);
  });
});
