import { describe, expect, test } from 'vitest';
import { deviationOf } from './deviations.js';
import { goldenCases, metricNames } from './golden-case.js';
import { peerMetric } from './metric-builders.js';
import { metricDifferences, metricJudges } from './metric-judges.js';

// What no spec says is judged by the reference alone.
const cases = metricNames.flatMap(goldenCases).flatMap((golden) => {
  const metric = peerMetric(golden);
  return 'notOurs' in metric ? [] : [{ id: golden.id, golden, metric }];
});

describe.each(metricJudges)('scores of peers by $hard.name', (judge) => {
  test.each(cases)('$id', async ({ golden, metric }) => {
    const deviates = deviationOf(golden.id) !== undefined;
    expect(await metricDifferences(golden, metric, judge, deviates)).toEqual([]);
  });
});
