import type { OverlapOptions } from '@softdice/core';
import type { Arguments } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import type { NotOurs, PeerLoss } from './peer-loss.js';

/** The arguments that MONAI's overlap losses share. */
export const monaiArguments: readonly string[] = [
  'include_background',
  'to_onehot_y',
  'sigmoid',
  'softmax',
  'other_act',
  'reduction',
  'smooth_nr',
  'smooth_dr',
  'batch',
  'soft_label',
];

/** Smoothing with every field. */
export interface Smoothing {
  readonly numerator: number;
  readonly denominator: number;
  readonly floor: number;
}

/** What the shared arguments choose. */
export interface MonaiChoices {
  readonly inputs: Pick<PeerLoss, 'prediction' | 'target'>;
  readonly options: OverlapOptions;
  readonly smoothing: Smoothing;
  /** How many classes are scored. */
  readonly scored: number;
}

/**
 * The choices that MONAI's overlap losses share.
 *
 * With one channel MONAI warns and ignores softmax, to_onehot_y and include_background.
 *
 * @param byNorm - Whether the intersection is counted by the L1 norm, as soft_label asks for.
 */
export function monaiChoices(
  golden: GoldenCase,
  args: Arguments,
  byNorm: boolean,
): MonaiChoices | NotOurs {
  const channels = golden.input.shape[1] ?? 0;
  const one = channels === 1;
  const activation = activationOf(args, one);
  if (typeof activation !== 'string') return activation;
  if (byNorm && activation === 'none' && Array.from(golden.input.data).some((p) => p < 0)) {
    return { notOurs: 'soft_label sums |p|, and a prediction is negative' };
  }
  const sparse = args.flag('to_onehot_y', false) && !one;
  const foreground = !args.flag('include_background', true) && !one;
  return {
    inputs: { prediction: golden.input, target: golden.target },
    options: {
      target: sparse ? 'labels' : golden.target.kind === 'soft' ? 'soft' : 'multilabel',
      activation,
      classes: foreground ? 'foreground' : 'all',
      counting: byNorm ? 'minimum' : 'product',
      per: args.flag('batch', false) ? 'batch' : 'image',
      reduction: reductionOf(args.word('reduction') ?? 'mean'),
    },
    smoothing: smoothingOf(args.number('smooth_nr') ?? 1e-5, args.number('smooth_dr') ?? 1e-5),
    scored: foreground ? channels - 1 : channels,
  };
}

function activationOf(args: Arguments, one: boolean): 'softmax' | 'sigmoid' | 'none' | NotOurs {
  const other = args.word('other_act');
  if (other === 'sigmoid' || args.flag('sigmoid', false)) return 'sigmoid';
  // Called by name, softmax is not ignored for one channel.
  if (other === 'softmax' && !one) return 'softmax';
  if (other !== undefined) return { notOurs: `other_act ${other} is no activation of a spec` };
  return args.flag('softmax', false) && !one ? 'softmax' : 'none';
}

function reductionOf(word: string): 'mean' | 'sum' | 'none' {
  if (word === 'mean' || word === 'sum' || word === 'none') return word;
  throw new TypeError(`MONAI has no reduction ${word}`);
}

/** Without smoothing MONAI divides by 0; a floor below every other denominator takes its place. */
function smoothingOf(numerator: number, denominator: number): Smoothing {
  // Constraint C1 bounds the numerator by the square of the least denominator.
  const floor = denominator > 0 ? 0 : Math.max(1e-12, 2e-9 * Math.sqrt(numerator));
  return { numerator, denominator, floor };
}
