import type { CrossEntropyOptions } from '../../presets/cross-entropy.js';
import type { LossSpec } from '../../spec/loss.js';
import type { ArgumentValues } from '../argument.js';
import type { Situation } from '../situation.js';
import type { clipArgument, softDiceArguments } from './dice-arguments.js';
import type { entropyArguments } from './entropy-arguments.js';
import { softDiceSpec } from './soft-dice.js';

/** Where the losses of labels stand. */
export const modules: readonly string[] = ['nnunetv2.training.loss.compound_losses'];

/** Files of both. */
export const files: string =
  'nnunetv2/training/loss/compound_losses.py, robust_ce_loss.py, dice.py';

/** The argument behind each part of a spec. */
export const blame: Readonly<Record<string, string>> = {
  smoothing: 'soft_dice_kwargs.smooth',
  average: 'ce_kwargs.label_smoothing',
  weights: 'ce_kwargs.weight',
  hardest: 'ce_kwargs.k',
  classes: 'soft_dice_kwargs.do_bg',
};

/** The arguments that make both parts. */
export interface LabelsParts {
  readonly soft_dice_kwargs: ArgumentValues<typeof softDiceArguments & typeof clipArgument>;
  readonly ce_kwargs: ArgumentValues<typeof entropyArguments>;
  readonly ignore_label: number | null;
}

type Target = NonNullable<LossSpec['target']>;

/** Both parts read labels, without the ignored ones. */
export function labels(
  { ignore_label: ignored, ce_kwargs: { ignore_index: index } }: LabelsParts,
  { channels, target, note, refuse, refuseContext }: Situation,
): Target {
  if (channels === 1) {
    refuseContext('channels', 'at least 2', 'a softmax of one channel is 1: use DC_and_BCE_loss');
  }
  if (target !== undefined && target !== 'sparse') {
    refuseContext('target', "'sparse'", 'the cross-entropy reads labels from the first channel');
  }
  if (ignored === null && index !== -100) {
    if (index >= 0 && index < channels) {
      const fix = 'Dice counts the label that the cross-entropy ignores: give ignore_label instead';
      refuse('ce_kwargs.ignore_index', 'no label of a channel without ignore_label', fix);
    } else note(`labels must not be ${index}: Dice would fail on them`);
  }
  return { kind: 'labels', ...(ignored === null ? {} : { ignore: ignored }) };
}

/** Dice of a softmax. */
export function dicePart(
  args: LabelsParts & { readonly dice_class: string },
  target: Target,
  situation: Situation,
): LossSpec {
  const { soft_dice_kwargs: part } = args;
  if (part.clip_tp !== null && args.dice_class !== 'SoftDiceLoss') {
    situation.refuse('soft_dice_kwargs.clip_tp', 'null', `${args.dice_class} has no clip_tp`);
  }
  const choices = {
    activation: 'softmax',
    target,
    voxels: 'all',
    path: 'soft_dice_kwargs.',
  } as const;
  return softDiceSpec(part, choices, situation);
}

/** What both cross-entropies share. */
export function entropyOf(
  { weight, label_smoothing: labelSmoothing }: LabelsParts['ce_kwargs'],
  { channels, refuse }: Situation,
): Pick<CrossEntropyOptions, 'labelSmoothing' | 'weights'> {
  if (weight !== null && weight.length !== channels) {
    refuse('ce_kwargs.weight', `${channels} numbers, one per channel`);
  }
  const values = weight?.map(Math.fround);
  return {
    labelSmoothing,
    ...(values === undefined ? {} : { weights: { kind: 'given', values } }),
  };
}
