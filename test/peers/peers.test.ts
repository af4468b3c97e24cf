import { describe, expect, test } from 'vitest';
import { agreement } from './agreement.js';
import { peerLoss } from './builders.js';
import { type Deviation, deviations } from './deviations.js';
import { type GoldenCase, goldenCases, goldenNames, metricNames } from './golden-case.js';
import { judges } from './judges.js';
import { summary } from './summary.js';

const deviation = (id: string): Deviation | undefined =>
  deviations.find((entry) => entry.id === id);

/** What is expected of a case, with the words of a failure. */
const expectation = ({ id, grad }: GoldenCase): Deviation['differs'] | object =>
  deviation(id)?.differs ?? {
    value: 'nowhere',
    gradient: grad === null ? undefined : 'nowhere',
  };

describe.each(goldenNames)('%s', (name) => {
  describe.each(judges)('by $name', (judge) => {
    test.each(goldenCases(name))('$id', (golden) => {
      const loss = peerLoss(golden);
      if ('notOurs' in loss) {
        expect(deviation(golden.id), loss.notOurs).toMatchObject({
          differs: 'no spec says it',
          reason: loss.notOurs,
        });
        return;
      }
      const { value, gradient, errors } = agreement(golden, loss, judge);
      const args = JSON.stringify(golden.args);
      const message = `${args}: errors of value and gradient ${errors}; ${golden.kink ?? 'no kink'}`;
      expect({ value, gradient }, message).toEqual(expectation(golden));
    });
  });
});

test('every deviation is that of one case', () => {
  const names = [...goldenNames, ...metricNames];
  const cases = names.flatMap((name) => goldenCases(name).map(({ id }) => id));
  const listed = deviations.map(({ id }) => id);
  expect(listed.filter((id) => !cases.includes(id))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});

test('the summary counts what was compared', async () => {
  await expect(summary(judges)).toMatchFileSnapshot('summary.md');
});
