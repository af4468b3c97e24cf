import type { OverlapOptions } from '../../presets/options.js';
import { dice } from '../../presets/presets.js';
import type { LossSpec } from '../../spec/loss.js';
import { activationNamed } from '../activation-named.js';
import type { ArgumentValues } from '../argument.js';
import { type Importer, importer } from '../peer-class.js';
import type { Situation } from '../situation.js';
import { specTarget } from '../spec-target.js';
import { clipArgument, softDiceArguments } from './dice-arguments.js';

/** The arguments of soft Dice, alone or as a part. */
export type SoftDiceArguments = ArgumentValues<typeof softDiceArguments & typeof clipArgument>;

const nonlinearity = {
  apply_nonlin: {
    kind: { type: 'callable' },
    none: true,
    default: null,
    use: 'in part',
    note: 'softmax, sigmoid and identity by name; no spec has another activation',
  },
} as const;

const blame = { smoothing: 'smooth', classes: 'do_bg', activation: 'apply_nonlin' } as const;
const modules = ['nnunetv2.training.loss.dice'] as const;
const source = 'nnunetv2/training/loss/dice.py';

/**
 * nnU-Net `SoftDiceLoss`: minus the mean of `(2tp + smooth) / max(2tp + fp + fn + smooth, 1e-8)`.
 *
 * Source: nnU-Net 2.8.1, nnunetv2/training/loss/dice.py.
 */
export const nnunetSoftDice: Importer = importer(
  {
    library: 'nnunet',
    name: 'SoftDiceLoss',
    modules,
    formula: '-mean (2 tp + smooth) / max(2 tp + fp + fn + smooth, 1e-8)',
    source,
    arguments: { ...nonlinearity, ...softDiceArguments, ...clipArgument },
    blame,
  },
  (args, situation) => alone(args.apply_nonlin, args, situation),
);

/** nnU-Net `MemoryEfficientSoftDiceLoss`: the same from I, P and T, and without `clip_tp`. */
export const nnunetMemoryEfficientSoftDice: Importer = importer(
  {
    library: 'nnunet',
    name: 'MemoryEfficientSoftDiceLoss',
    modules,
    formula: '-mean (2 I + smooth) / max(P + T + smooth, 1e-8)',
    source,
    arguments: { ...nonlinearity, ...softDiceArguments },
    blame,
  },
  (args, situation) => alone(args.apply_nonlin, { ...args, clip_tp: null }, situation),
);

function alone(name: string | null, args: SoftDiceArguments, situation: Situation): LossSpec {
  const { channels, target, mask, refuse, odd } = situation;
  const named = name === null ? 'none' : activationNamed(name);
  if (named === undefined) {
    refuse('apply_nonlin', "'softmax' | 'sigmoid' | 'identity'", 'apply it in the network instead');
  }
  const single = named === 'softmax' && channels === 1;
  if (single) {
    odd('apply_nonlin', {
      expected: "'sigmoid' with one channel",
      peer: 'nnU-Net makes a softmax of one channel, which is 1 everywhere',
      here: 'a sigmoid',
    });
  }
  return softDiceSpec(
    args,
    {
      activation: single ? 'sigmoid' : (named ?? 'none'),
      target: specTarget(target ?? 'sparse', channels),
      // The mask multiplies every count.
      voxels: mask === true ? 'weights' : 'all',
      path: '',
    },
    situation,
  );
}

/** What a compound chooses for its Dice part. */
export interface SoftDiceChoices extends Pick<OverlapOptions, 'activation' | 'target' | 'voxels'> {
  /** Before the names of the arguments. */
  readonly path: string;
}

/** Soft Dice, alone or as a part. */
export function softDiceSpec(
  args: SoftDiceArguments,
  { path, ...options }: SoftDiceChoices,
  { channels, note, odd }: Situation,
): LossSpec {
  if (args.clip_tp !== null && args.clip_tp > 0) {
    odd(`${path}clip_tp`, {
      expected: 'null',
      peer: 'nnU-Net bounds the intersection from below in numerator and denominator',
      here: 'the intersection itself',
    });
  }
  if (!args.do_bg && channels === 1) {
    odd(`${path}do_bg`, {
      expected: 'true with one channel',
      peer: 'nnU-Net takes a mean over no class, which is NaN',
      here: 'the only channel',
    });
  }
  if (args.ddp && args.batch_dice) {
    note(
      'with ddp and several processes: the loss of the batch of all; each has their gradients added, which DistributedDataParallel averages',
    );
  }
  return dice({
    ...options,
    classes: args.do_bg || channels === 1 ? 'all' : 'foreground',
    per: args.batch_dice ? 'batch' : 'image',
    smoothing: { numerator: args.smooth, denominator: args.smooth, floor: 1e-8 },
    transform: 'negative',
  });
}
