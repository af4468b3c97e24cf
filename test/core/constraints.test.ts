import { completeMetric, parseLevels, parseSpec } from '@softdice/core';
import { describe, expect, it } from 'vitest';
import type { Constraint } from '../../packages/core/src/spec/constraints/constraint.js';
import { kindConstraints } from '../../packages/core/src/spec/constraints/constraints.js';
import { levelsConstraints } from '../../packages/core/src/spec/constraints/levels.js';
import { lossConstraints } from '../../packages/core/src/spec/constraints/loss.js';
import { metricConstraints } from '../../packages/core/src/spec/constraints/metric.js';
import { termConstraints } from '../../packages/core/src/spec/constraints/term.js';
import {
  type Example,
  levelsExamples,
  lossExamples,
  metricExamples,
} from './constraint-examples.js';
import { problemsOf } from './problems.js';

const constraints: readonly Pick<Constraint<never>, 'number' | 'rule' | 'fix'>[] = [
  ...termConstraints,
  ...Object.values(kindConstraints).flat(),
  ...lossConstraints,
];
const metricNumbers = metricConstraints.map(({ number }) => number);
const levelsNumbers = levelsConstraints.map(({ number }) => number);

const pairs = (
  examples: Readonly<Record<string, readonly Example[]>>,
): readonly (readonly [string, number, Example])[] =>
  Object.entries(examples).flatMap(([number, list]) =>
    list.map((example, at) => [number, at, example] as const),
  );

describe('the constraints', () => {
  it('have numbers of their own', () => {
    const numbers = [
      ...constraints.map(({ number }) => number),
      ...metricNumbers,
      ...levelsNumbers,
    ];
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('have an example each', () => {
    expect(Object.keys(lossExamples).sort()).toEqual(
      constraints.map(({ number }) => number).sort(),
    );
    expect(Object.keys(metricExamples).toSorted()).toEqual(metricNumbers.toSorted());
    expect(Object.keys(levelsExamples)).toEqual(levelsNumbers);
  });

  it('say a rule and a fix in words', () => {
    for (const { number, rule, fix } of [
      ...constraints,
      ...metricConstraints,
      ...levelsConstraints,
    ]) {
      expect(rule.length, number).toBeGreaterThan(5);
      expect(fix.length, number).toBeGreaterThan(5);
    }
  });
});

describe.each(pairs(lossExamples))('%s, example %d', (number, _, { broken, mended }) => {
  it('is violated alone', () => {
    const problems = problemsOf(() => parseSpec(broken));
    expect(problems.map(({ constraint }) => constraint)).toEqual([number]);
  });

  it('holds nearby', () => {
    expect(problemsOf(() => parseSpec(mended))).toEqual([]);
  });
});

describe.each(pairs(metricExamples))('%s, example %d', (number, _, { broken, mended }) => {
  it('is violated alone', () => {
    const problems = problemsOf(() => completeMetric(broken));
    expect(problems.map(({ constraint }) => constraint)).toEqual([number]);
  });

  it('holds nearby', () => {
    expect(problemsOf(() => completeMetric(mended))).toEqual([]);
  });
});

describe.each(pairs(levelsExamples))('%s, example %d', (number, _, { broken, mended }) => {
  it('is violated alone', () => {
    const problems = problemsOf(() => parseLevels(broken));
    expect(problems.map(({ constraint }) => constraint)).toEqual([number]);
  });

  it('holds nearby', () => {
    expect(problemsOf(() => parseLevels(mended))).toEqual([]);
  });
});

describe('violations', () => {
  it('of several constraints are reported together, by term', () => {
    const spec = {
      rescale: { scale: 1, offset: 1 },
      terms: [
        { kind: 'overlap', reduction: 'none', absent: 'skip' },
        { kind: 'overlap', classes: { kind: 'list', channels: [1, 1] }, name: 'a' },
        { kind: 'overlap', per: 'batch', reduction: 'class-mean', name: 'a' },
      ],
    };
    expect(
      problemsOf(() => parseSpec(spec)).map(({ constraint, path }) => [constraint, path]),
    ).toEqual([
      ['C6', 'terms[0].absent'],
      ['C2', 'terms[1].classes.channels'],
      ['C5', 'terms[2].reduction'],
      ['C11', 'terms[0].reduction'],
      ['C11', 'terms[2].reduction'],
      ['C12', 'rescale'],
      ['C16', 'terms'],
    ]);
  });
});
