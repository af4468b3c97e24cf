import {
  compileMetric,
  finishMetric,
  merge,
  type NamedArray,
  type Statistics,
} from '@softdice/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type MetricCase, metricCases } from '../arbitraries/metric.js';
import { halves } from './halves.js';
import { metricReference } from './metric-reference.js';
import { compared } from './metric-suite.js';
import type { MetricTarget } from './metric-target.js';

/** Counts of tiles and batches by a backend merge to the score of the whole. */
export function metricLaws(target: MetricTarget, runs: number): void {
  it.each([
    { of: 'tiles', axis: 'last', rank: 1 },
    { of: 'batches', axis: 'first', rank: 2 },
  ] as const)(
    `$of by ${target.name} merge to the whole (${runs} cases)`,
    async ({ of, axis, rank }) => {
      await fc.assert(
        fc.asyncProperty(metricCases(fc.constant(rank)), fc.nat(100), async (drawn, choice) => {
          const { target: truth } = drawn.batch;
          const length = (axis === 'last' ? truth.shape.at(-1) : truth.shape[0]) ?? 1;
          fc.pre(length > 1);
          const parts = halves(drawn.batch, axis, 1 + (choice % (length - 1)));
          expect(await merged(target, drawn, parts, of)).toEqual([]);
        }),
        { numRuns: runs, seed: 9 },
      );
    },
  );
}

async function merged(
  target: MetricTarget,
  { metric, batch }: MetricCase,
  parts: readonly MetricCase['batch'][],
  of: 'tiles' | 'batches',
): Promise<readonly string[]> {
  const program = compileMetric(metric);
  const statistics: Statistics[] = [];
  for (const part of parts) {
    const { statistics: counts } = await target.evaluateMetric(metric, part);
    statistics.push(
      Object.fromEntries(
        program.statistics.map(({ name, node }): readonly [string, NamedArray] => {
          const { shape = [], data = [] } = counts[name] ?? {};
          return [name, { axes: node.axes, shape, data: Float64Array.from(data) }];
        }),
      ),
    );
  }
  const { score, scores } = finishMetric(program, merge(statistics, of, program));
  const expected = await metricReference.evaluateMetric(metric, batch);
  const bound = (): number => 1e-12;
  return [
    ...compared('score', score, expected.score, bound),
    ...compared('scores', scores, expected.scores, bound),
  ];
}
