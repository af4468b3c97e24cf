import type { OverlapOptions } from '../../presets/options.js';
import { activationNamed } from '../activation-named.js';
import type { ArgumentValues } from '../argument.js';
import type { Situation } from '../situation.js';
import { specTarget } from '../spec-target.js';
import type { inputArguments, ratioArguments } from './overlap-arguments.js';

/** The arguments that MONAI's overlap losses share. */
export type OverlapArguments = ArgumentValues<typeof inputArguments & typeof ratioArguments>;

/** Smoothing with every field. */
export interface Smoothing {
  readonly numerator: number;
  readonly denominator: number;
  readonly floor: number;
}

/** What the shared arguments choose. */
export interface OverlapChoices {
  readonly options: OverlapOptions;
  readonly smoothing: Smoothing;
  /** How many classes are scored. */
  readonly scored: number;
  readonly foreground: boolean;
}

/** The choices that MONAI's overlap losses share. Source: MONAI 1.5.0, monai/losses/dice.py. */
export function overlapChoices(args: OverlapArguments, situation: Situation): OverlapChoices {
  const { channels } = situation;
  const foreground = foregroundOnly(args.include_background, situation);
  const activation = activationOf(args, situation);
  return {
    options: {
      target: targetOf(args.to_onehot_y, situation),
      activation,
      classes: foreground ? 'foreground' : 'all',
      per: args.batch ? 'batch' : 'image',
      reduction: args.reduction,
    },
    smoothing: smoothingOf(args.smooth_nr, args.smooth_dr, situation),
    scored: foreground ? channels - 1 : channels,
    foreground,
  };
}

/** Whether channel 0 is dropped. */
export function foregroundOnly(includes: boolean, { channels, note }: Situation): boolean {
  if (includes) return false;
  if (channels === 1) note('MONAI ignores include_background=false with one channel');
  return channels > 1;
}

/** How the target is given; with one channel labels are its plane. */
export function targetOf(
  toOneHot: boolean,
  { channels, target, note, refuse }: Situation,
): NonNullable<OverlapOptions['target']> {
  if (channels === 1) {
    if (toOneHot) note('MONAI ignores to_onehot_y=true with one channel');
    return specTarget(target ?? 'sparse', channels);
  }
  if (toOneHot && target !== undefined && target !== 'sparse') {
    refuse('to_onehot_y', `false with a target of planes, context.target '${target}'`);
  }
  if (!toOneHot && target === 'sparse') {
    refuse('to_onehot_y', "true with a target of labels, context.target 'sparse'");
  }
  return specTarget(toOneHot ? 'sparse' : (target ?? 'onehot'), channels);
}

type Activation = NonNullable<OverlapOptions['activation']>;

function activationOf(
  args: Pick<OverlapArguments, 'sigmoid' | 'softmax' | 'other_act'>,
  { channels, exact, note, refuse, odd }: Situation,
): Activation {
  const { sigmoid, softmax, other_act: other } = args;
  if (Number(sigmoid) + Number(softmax) + Number(other !== null) > 1) {
    const name = other === null ? 'softmax' : 'other_act';
    refuse(name, 'at most one of sigmoid, softmax and other_act', 'MONAI raises an error');
  }
  if (other !== null) {
    const named = activationNamed(other);
    if (named === undefined) {
      refuse('other_act', "'softmax' | 'sigmoid' | 'identity'", 'apply it in the network instead');
    }
    if (named !== 'softmax' || channels > 1) return named ?? 'none';
    odd('other_act', {
      expected: "'sigmoid' with one channel",
      peer: 'MONAI makes a softmax of one channel, which is 1 everywhere',
      here: 'a sigmoid',
    });
    return 'sigmoid';
  }
  if (!softmax) return sigmoid ? 'sigmoid' : 'none';
  if (channels > 1) return 'softmax';
  if (exact) {
    note('MONAI ignores softmax=true with one channel: there is no activation');
    return 'none';
  }
  note('MONAI ignores softmax=true with one channel. Corrected: a sigmoid.');
  return 'sigmoid';
}

/** Without smoothing MONAI divides by 0; a floor below every other denominator takes its place. */
export function smoothingOf(
  numerator: number,
  denominator: number,
  { note }: Situation,
): Smoothing {
  if (denominator > 0) return { numerator, denominator, floor: 0 };
  note(
    'where a class is absent and predicted empty MONAI is 0/0 or n/0; here it has a score of its own',
  );
  // Constraint C1 bounds the numerator by the square of the least denominator.
  return { numerator, denominator, floor: Math.max(1e-12, 2e-9 * Math.sqrt(numerator)) };
}
