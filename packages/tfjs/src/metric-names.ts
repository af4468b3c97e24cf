import type { MetricPlan } from '@softdice/core';

/** The names of the scores of classes and of their mean. */
export interface MetricNames {
  readonly classes: readonly string[];
  /** Undefined where there is one class, whose score is the mean. */
  readonly mean: string | undefined;
}

/** How the score of each index is called; a name in logs is one word. */
const words: { readonly [K in MetricPlan['index']['kind']]: string } = {
  dice: 'dice',
  jaccard: 'jaccard',
  tversky: 'tversky',
  'f-beta': 'f_beta',
};

/**
 * The names of so many scored classes: `dice_liver` or, without names, `dice_2` by the channel or the
 * position of the region; `dice` where there is only one.
 */
export function metricNames(
  { index, classes, per }: MetricPlan,
  count: number,
  names: readonly string[] | undefined,
): MetricNames {
  const word = words[index.kind];
  const merged = per === 'merged-image' || per === 'everything';
  if (count === 1) {
    const [only] = names ?? [];
    return { classes: [only === undefined || merged ? word : `${word}_${only}`], mean: undefined };
  }
  const first = classes.kind === 'foreground' ? 1 : 0;
  const places =
    classes.kind === 'list'
      ? classes.channels
      : Array.from({ length: count }, (_, at) => first + at);
  return {
    classes: places.map((place, at) => `${word}_${names?.[at] ?? place}`),
    mean: meanName(word),
  };
}

/** The name of a mean over classes whose number is not known yet. */
export function nameOfMean({ index }: MetricPlan): string {
  return meanName(words[index.kind]);
}

function meanName(word: string): string {
  return `${word}_mean`;
}
