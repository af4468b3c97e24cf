import { dice, jaccard, type OverlapOptions } from '@softdice/core';
import { argumentsOf } from './arguments.js';
import { monaiArguments, monaiChoices } from './monai-choices.js';
import type { PeerBuilder } from './peer-loss.js';

/**
 * MONAI `DiceLoss`: `1 - (2I + nr) / (2(I + FP + FN) + dr)`, with FP and FN halved unless `jaccard`.
 *
 * Source: MONAI 1.5.0, monai/losses/dice.py and monai/losses/utils.py (`compute_tp_fp_fn`).
 */
export const monaiDice: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, [...monaiArguments, 'squared_pred', 'jaccard', 'weight']);
  // Squares replace the norm that soft_label asks for: that flag is then without effect.
  const squared = args.flag('squared_pred', false);
  const choices = monaiChoices(golden, args, !squared && args.flag('soft_label', false));
  if ('notOurs' in choices) return choices;
  const { inputs, options, smoothing, scored } = choices;
  const weight = typeof golden.args['weight'] === 'number' ? args.number('weight') : undefined;
  const weights =
    weight === undefined ? args.numbers('weight') : Array<number>(scored).fill(weight);
  const spec = (args.flag('jaccard', false) ? jaccard : dice)({
    ...options,
    // MONAI writes twice the Jaccard index over twice its denominator.
    smoothing: args.flag('jaccard', false)
      ? {
          numerator: smoothing.numerator / 2,
          denominator: smoothing.denominator / 2,
          floor: smoothing.floor,
        }
      : smoothing,
    ...(squared ? { counting: { kind: 'power', exponent: 2 } } : {}),
    ...classWeights(weights, scored),
  });
  return squared && spec.target === 'labels' ? { spec, ...inputs, roundoff } : { spec, ...inputs };
};

/**
 * MONAI makes labels float32 planes, and with squared_pred the sum of their squares is the square
 * of a float32 root: three roundings. With them emulated the numbers agree to 1e-15.
 */
const roundoff = 3 * 2 ** -24;

/** Factors of the losses of the classes; with one class MONAI drops them. */
function classWeights(
  weights: readonly number[] | undefined,
  scored: number,
): Pick<OverlapOptions, 'weight' | 'weights'> {
  if (weights === undefined || scored === 1) return {};
  // A torch tensor of Python numbers is float32.
  const values = weights.map(Math.fround);
  return values.every((value) => value === 0)
    ? { weight: 0 }
    : { weights: { kind: 'given', values, on: 'loss' } };
}
