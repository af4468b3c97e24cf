import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { deviations } from './deviations.js';
import { goldenCases, goldenNames, metricNames } from './golden-case.js';
import { notYetJudged } from './not-judged.js';
import { page } from './page.js';

test('every deviation is that of one case', () => {
  const names = [...goldenNames, ...metricNames];
  const cases = names.flatMap((name) => goldenCases(name).map(({ id }) => id));
  const listed = deviations.map(({ id }) => id);
  expect(listed.filter((id) => !cases.includes(id))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});

test('every golden file is judged, or in one list of those that are not', () => {
  const ending = '.golden.json';
  const files = readdirSync(new URL('golden', import.meta.url))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length));
  expect([...goldenNames, ...metricNames, ...notYetJudged].toSorted()).toEqual(files.toSorted());
});

test('docs/peers.md says how every case stands', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/peers.md');
});
