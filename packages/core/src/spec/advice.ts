import type { Advice } from '../schema/parse.js';

/** A loss cannot decide, only a metric can; deeper fields, as in `absent`, have thresholds of their own. */
export const lossAdvice: Advice = {
  word: refusal,
  field: (field, path) => (isTermOrLoss(path) ? refusal(field) : undefined),
};

function isTermOrLoss(path: string): boolean {
  return /^(terms\[\d+\])?$/.test(path.replace(/^levels\[\d+\]\.loss\.?/, ''));
}

function refusal(word: unknown): string | undefined {
  switch (word) {
    case 'argmax':
    case 'threshold':
    case 'decide':
      return `a loss cannot decide (${word} has gradient 0 everywhere): use it in a metric, and softmax or sigmoid in the loss`;
    default:
      return undefined;
  }
}
