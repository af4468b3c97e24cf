import type { MetricPlan } from '@softdice/core';
import { version } from './version.js';

const words: { readonly [K in MetricPlan['index']['kind']]: string } = {
  dice: 'Dice',
  jaccard: 'Jaccard',
  tversky: 'Tversky',
  'f-beta': 'FBeta',
};

const ratios: { readonly [K in MetricPlan['index']['kind']]: string } = {
  dice: '2 I / (P + T)',
  jaccard: 'I / (P + T - I)',
  tversky: 'I / (I + alpha (P - I) + beta (T - I))',
  'f-beta': '(1 + beta^2) I / ((1 + beta^2) I + beta^2 (T - I) + (P - I))',
};

/** What a model of a metric is called: `HardDice`. */
export function metricName({ index }: MetricPlan): string {
  return `Hard${words[index.kind]}`;
}

/** What a model of a metric says to people. */
export function metricDoc({ index, decide, per, empty }: MetricPlan): string {
  return [
    `${ratios[index.kind]} of decided voxels (${decide.kind}), per ${per}`,
    `empty cells (${empty.when}): ${empty.give}`,
    `softdice ${version}`,
  ].join('\n\n');
}
