import { clDice } from '../../presets/cl-dice.js';
import { combine } from '../../presets/combine.js';
import { dice } from '../../presets/presets.js';
import type { LossSpec } from '../../spec/loss.js';
import { type Importer, importer } from '../peer-class.js';
import type { Situation } from '../situation.js';
import { specTarget } from '../spec-target.js';

const skeletonArguments = {
  iter_: {
    kind: { type: 'integer', minimum: 0, maximum: 50 },
    default: 3,
    use: 'honoured',
    note: 'iterations',
  },
} as const;

const smooth = {
  kind: { type: 'number', minimum: 0, maximum: 1e6 },
  default: 1,
  use: 'honoured',
  note: 'smoothing, of at least 1e-16: with 0 MONAI may have 0/0',
} as const;

const blame = { smoothing: 'smooth', iterations: 'iter_', weight: 'alpha' } as const;

/**
 * MONAI `SoftclDiceLoss`: precision and sensitivity over all channels but 0 and all samples, also where
 * there is no other channel.
 *
 * Source: MONAI 1.5.0, monai/losses/cldice.py.
 */
export const monaiClDice: Importer = importer(
  {
    library: 'monai',
    name: 'SoftclDiceLoss',
    modules: ['monai.losses', 'monai.losses.cldice'],
    formula: '1 - 2 Tprec Tsens / (Tprec + Tsens)',
    source: 'monai/losses/cldice.py',
    arguments: { ...skeletonArguments, smooth },
    blame,
  },
  (args, situation) => centerline(args, inputsOf(situation)),
);

/** MONAI `SoftDiceclDiceLoss`: `(1 - alpha) Dice + alpha clDice`, with the same smoothing. */
export const monaiDiceClDice: Importer = importer(
  {
    library: 'monai',
    name: 'SoftDiceclDiceLoss',
    modules: ['monai.losses', 'monai.losses.cldice'],
    formula: '(1 - alpha) Dice + alpha clDice',
    source: 'monai/losses/cldice.py',
    arguments: {
      ...skeletonArguments,
      alpha: {
        kind: { type: 'number', minimum: -1e3, maximum: 1e3 },
        default: 0.5,
        use: 'honoured',
        note: 'weights: alpha of clDice, 1 - alpha of Dice',
      },
      smooth,
    },
    blame,
  },
  (args, situation) => {
    const inputs = inputsOf(situation);
    const s = args.smooth;
    const smoothing = { numerator: s, denominator: s, floor: s > 0 ? 0 : 1e-12 };
    return combine([
      [1 - args.alpha, dice({ ...inputs, smoothing })],
      [args.alpha, centerline(args, inputs)],
    ]);
  },
);

type Inputs = Pick<LossSpec, 'target'> & {
  readonly classes: 'foreground' | 'all';
  readonly per: 'everything';
  readonly weight: number;
};

/** Prediction and target as MONAI takes them: probabilities and planes, without channel 0. */
function inputsOf({ channels, rank, target, exact, note, refuseContext }: Situation): Inputs {
  if (rank !== 2 && rank !== 3) refuseContext('rank', '2 or 3', 'MONAI has no other skeletons');
  if (target === 'sparse' && channels > 1) refuseContext('target', "'onehot' | 'soft'");
  note(
    'where voxels of a window are equal, MONAI gives one of them the whole gradient; here they share it',
  );
  const nothing = channels === 1 && exact;
  if (channels === 1) {
    const peer = 'MONAI drops the only channel, so that the loss is 0 everywhere';
    note(exact ? peer : `${peer}. Corrected: it is scored.`);
  }
  return {
    target: specTarget(target ?? 'onehot', channels),
    classes: channels > 1 ? 'foreground' : 'all',
    per: 'everything',
    // Sums over no class give ratios of s / s: a loss of 0.
    weight: nothing ? 0 : 1,
  };
}

function centerline(
  args: { readonly iter_: number; readonly smooth: number },
  inputs: Inputs,
): LossSpec {
  const smoothing = Math.max(args.smooth, 1e-16);
  return clDice({ ...inputs, iterations: args.iter_, smoothing });
}
