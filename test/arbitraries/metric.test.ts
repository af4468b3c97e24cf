import { metricSchema } from '@softdice/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { metricCases } from './metric.js';
import { used, words } from './words.js';

const drawn = fc.sample(metricCases(fc.integer({ min: 0, max: 3 })), { numRuns: 2000, seed: 3 });

it('every word of the schema is drawn, also after the constraints', () => {
  const seen = new Set(drawn.flatMap(({ metric }) => used(metric, '')));
  // A hard score has no soft target.
  const missing = words(metricSchema, '').filter((word) => !seen.has(word));
  expect(missing).toEqual(['.target=soft']);
});

it('equal channels and values at the threshold are often drawn', () => {
  const atThreshold = drawn.filter(
    ({ metric: { decide }, batch }) =>
      decide.kind === 'threshold' && batch.prediction.data.includes(Math.fround(decide.threshold)),
  );
  const tied = drawn.filter(({ metric: { decide }, batch: { prediction } }) => {
    const [, channels = 1, ...spatial] = prediction.shape;
    const inner = spatial.reduce((product, size) => product * size, 1);
    const first = Array.from({ length: channels }, (_, at) => prediction.data[at * inner] ?? 0);
    const most = Math.max(...first);
    return decide.kind === 'argmax' && first.filter((value) => value === most).length > 1;
  });
  expect([atThreshold, tied].map(({ length }) => length > 60)).toEqual([true, true]);
});
