import { type CrossEntropyOptions, focal } from '../../presets/cross-entropy.js';
import type { LossSpec } from '../../spec/loss.js';
import { boundedFocus } from '../bounded-focus.js';
import type { Situation } from '../situation.js';

/** What MONAI's focal loss is made of, alone or as a part. */
export interface FocalChoices {
  readonly gamma: number;
  readonly alpha: number | null;
  readonly weight: number | readonly number[] | null;
  readonly reduction: 'mean' | 'sum' | 'none';
  readonly softmax: boolean;
  readonly foreground: boolean;
  readonly target: NonNullable<CrossEntropyOptions['target']>;
}

/**
 * MONAI `FocalLoss`: `(1 - p_t)^gamma` times the binary cross-entropy of a sigmoid, or with softmax
 * `-(1 - p)^gamma t log p`; the mean over voxels and classes, or with 'sum' the sum of means.
 *
 * Source: MONAI 1.5.0, monai/losses/focal_loss.py.
 */
export function focalSpec(choices: FocalChoices, situation: Situation): LossSpec {
  const { gamma, alpha, softmax, foreground, target } = choices;
  const { channels, refuse } = situation;
  if (choices.reduction === 'none') {
    refuse('reduction', "'mean' | 'sum'", "'none' gives a value per voxel, which no spec says");
  }
  const scored = foreground ? channels - 1 : channels;
  if (target === 'soft' && !softmax) mixtures(choices, situation);
  const given = weightsOf(choices.weight, scored, situation);
  // With softmax alpha weighs the foreground and 1 - alpha the background, whatever p.
  const values = Array.from({ length: scored }, (_, at) => {
    const balance = alpha === null || !softmax ? 1 : at === 0 && !foreground ? 1 - alpha : alpha;
    // A torch tensor of Python numbers is float32.
    return Math.fround(balance) * (given?.[at] ?? 1);
  });
  const nothing = values.every((value) => value === 0);
  return focal({
    target,
    activation: softmax ? 'softmax' : 'sigmoid',
    classes: foreground ? 'foreground' : 'all',
    gamma,
    ...boundedFocus(gamma, situation),
    ...(alpha === null || softmax ? {} : { positive: alpha, negative: 1 - alpha }),
    ...(nothing ? { weight: 0 } : { weights: { kind: 'given', values } }),
    average: 'voxels',
    reduction: choices.reduction === 'sum' ? 'sum' : 'mean',
  });
}

/** Weights of the scored classes; one number is that of every class. */
function weightsOf(
  weight: FocalChoices['weight'],
  scored: number,
  { note, refuse }: Situation,
): readonly number[] | undefined {
  if (weight === null) return undefined;
  if (scored === 1) {
    note('MONAI ignores weight where one class is scored');
    return undefined;
  }
  const list = typeof weight === 'number' ? Array<number>(scored).fill(weight) : weight;
  if (list.length !== scored) {
    refuse('weight', `${scored} numbers, one per scored class, or one for all`);
  }
  return list.map(Math.fround);
}

/** Of a soft target MONAI takes factors of a mixture of outcomes, a spec a mixture of their losses. */
function mixtures({ gamma, alpha }: FocalChoices, { odd }: Situation): void {
  const here = 'the mixture of the losses of both outcomes';
  if (gamma !== 0) {
    odd('gamma', {
      expected: '0 with a soft target',
      peer: 'of a soft target MONAI takes the focal factor of a mixture of outcomes',
      here,
    });
  }
  if (alpha !== null && alpha !== 0.5) {
    odd('alpha', {
      expected: 'null with a soft target',
      peer: 'of a soft target MONAI takes alpha of a mixture of outcomes',
      here,
    });
  }
}
