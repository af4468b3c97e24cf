import { type CompleteMetric, completeMetric, metricSchema } from '@softdice/core';
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
