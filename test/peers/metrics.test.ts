import { describe, expect, test } from 'vitest';
import { deviations } from './deviations.js';
import { goldenCases, metricNames } from './golden-case.js';
import { metricAgreement } from './metric-agreement.js';
import { peerMetric } from './metric-builders.js';

describe.each(metricNames)('%s', (name) => {
  test.each(goldenCases(name))('$id', (golden) => {
    const deviation = deviations.find(({ id }) => id === golden.id);
    const metric = peerMetric(golden);
    if ('notOurs' in metric) {
      const expected = { differs: 'no spec says it', reason: metric.notOurs };
      expect(deviation, metric.notOurs).toMatchObject(expected);
      return;
    }
    const difference = metricAgreement(golden, metric);
    const expected = deviation?.differs ?? { value: 'nowhere' };
    expect({ value: difference }, JSON.stringify(golden.args)).toEqual(expected);
  });
});
