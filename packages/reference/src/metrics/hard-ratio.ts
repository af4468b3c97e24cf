import type { CompleteMetric } from '@softdice/core';
import type { Rules, Variant } from '../rules.js';
import type { HardCounts } from './hard-counts.js';

type Index = CompleteMetric['index'];

/** An index of counts: plain numbers, since nothing of a hard score is differentiated. */
type HardRatio = (counts: HardCounts) => readonly [numerator: number, denominator: number];

/**
 * Sources: Dice 1945; Jaccard 1912; Tversky 1977, α on what is predicted wrongly; van Rijsbergen 1979,
 * chapter 7, for Fβ.
 */
const rules: Rules<Index, HardRatio> = {
  dice:
    () =>
    ({ I, P, T }) => [2 * I, P + T],
  jaccard:
    () =>
    ({ I, P, T }) => [I, P + T - I],
  tversky:
    ({ alpha, beta }) =>
    ({ I, P, T }) => [I, I + alpha * (P - I) + beta * (T - I)],
  'f-beta':
    ({ beta }) =>
    ({ I, P, T }) => {
      const numerator = (1 + beta ** 2) * I;
      return [numerator, numerator + beta ** 2 * (T - I) + (P - I)];
    },
};

/** Numerator and denominator of the index that a metric chose. */
export function hardRatio<K extends Index['kind']>(
  index: Variant<Index, K>,
  counts: HardCounts,
): ReturnType<HardRatio> {
  return rules[index.kind](index)(counts);
}
