import { type Arguments, argumentsOf } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import { scored } from './metric-agreement.js';
import type { MetricBuilder } from './peer-metric.js';
import { torchmetricsArguments, torchmetricsInputs } from './torchmetrics-inputs.js';

const powers: Readonly<Record<string, number>> = { square: 2, simple: 1, linear: 0 };

/**
 * torchmetrics `generalized_dice_score`: `2 sum_c w I / sum_c w (P + T)` per sample, w of 1 / T^2, 1 / T
 * or 1; per class the weight cancels. 0/0 is 0.
 *
 * Source: torchmetrics 1.9 at dab0333, functional/segmentation/generalized_dice.py.
 */
export const torchmetricsGeneralizedDice: MetricBuilder = (golden) => {
  const args = argumentsOf(golden, [...torchmetricsArguments, 'per_class', 'weight_type']);
  const power = powers[args.word('weight_type') ?? 'square'];
  if (power === undefined) throw new TypeError('torchmetrics has no such weight_type');
  const empty = { give: 'zero' } as const;
  if (args.flag('per_class', false)) return torchmetricsInputs(golden, args, { empty });
  if (power > 0 && (golden.input.shape[0] ?? 1) > 1 && hasAbsentClass(golden, args)) {
    return { notOurs: 'an absent class gets the weight of another class of another sample' };
  }
  return torchmetricsInputs(golden, args, {
    per: 'merged-image',
    // Of one sample, the largest weight of an absent class is the 0 that took its place.
    weights: power === 0 ? 'none' : { kind: 'volume', power, absent: 'zero' },
    empty,
  });
};

/** Whether a scored class is absent from the target of a sample: its Dice is then not defined. */
function hasAbsentClass(golden: GoldenCase, args: Arguments): boolean {
  const empty = { when: 'target', give: 'nan' } as const;
  return scored(torchmetricsInputs(golden, args, { empty })).some(Number.isNaN);
}
