import { crossEntropy, dice, diceCrossEntropy, type LossSpec } from '@softdice/core';

/** A loss of the comparison. */
export interface Contender {
  /** As tables and pictures call it. */
  readonly name: string;
  /** Its call, as the page shows it. */
  readonly written: string;
  readonly spec: LossSpec;
}

const labels = { target: 'labels', activation: 'softmax' } as const;
const foreground = { ...labels, classes: 'foreground' } as const;

/**
 * What is compared. All take logits of six classes and a map of labels.
 *
 * The Dice of a batch pools its slices before it divides, and so rarely meets a class that is absent. The
 * Dice of an image meets one in most slices, and has to say what that means.
 */
export const contenders: readonly Contender[] = [
  {
    name: 'cross-entropy',
    written: 'crossEntropy(labels)',
    spec: crossEntropy(labels),
  },
  {
    name: 'Dice',
    written: "dice({ ...foreground, per: 'batch' })",
    spec: dice({ ...foreground, per: 'batch' }),
  },
  {
    name: 'Dice + cross-entropy',
    written: "diceCrossEntropy({ ...labels, dice: { classes: 'foreground', per: 'batch' } })",
    spec: diceCrossEntropy({ ...labels, dice: { classes: 'foreground', per: 'batch' } }),
  },
  {
    name: 'Dice, background too',
    written: "dice({ ...labels, classes: 'all', per: 'batch' })",
    spec: dice({ ...labels, classes: 'all', per: 'batch' }),
  },
  {
    name: 'per image, smoothed',
    written: 'dice({ ...foreground, smoothing: { numerator: 1, denominator: 1 } })',
    spec: dice({ ...foreground, smoothing: { numerator: 1, denominator: 1 } }),
  },
  {
    name: 'per image, unsmoothed',
    written: 'dice({ ...foreground, smoothing: { numerator: 0, denominator: 1e-5 } })',
    spec: dice({ ...foreground, smoothing: { numerator: 0, denominator: 1e-5 } }),
  },
  {
    name: 'per image, skipped',
    written: "dice({ ...foreground, absent: 'skip' })",
    spec: dice({ ...foreground, absent: 'skip' }),
  },
];
