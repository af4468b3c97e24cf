import { combine } from '../../presets/combine.js';
import { type CrossEntropyOptions, crossEntropy } from '../../presets/cross-entropy.js';
import type { LossSpec } from '../../spec/loss.js';
import { type Importer, importer } from '../peer-class.js';
import type { Situation } from '../situation.js';
import { overlapBlame } from './blame.js';
import { factorArgument, scalarReduction } from './compound-arguments.js';
import { type DiceArguments, diceSpec } from './dice.js';
import { diceArguments, inputArguments, ratioArguments } from './overlap-arguments.js';

type DiceCeArguments = Omit<DiceArguments, 'weight' | 'soft_label'> & {
  readonly reduction: 'mean' | 'sum';
  readonly weight: readonly number[] | null;
  readonly lambda_dice: number;
  readonly lambda_ce: number;
  readonly label_smoothing: number;
};

const weights = {
  type: 'list',
  items: { type: 'number', minimum: 0, maximum: 1e4 },
  single: true,
} as const;

/**
 * MONAI `DiceCELoss`: `lambda_dice · DiceLoss + lambda_ce · CrossEntropyLoss`, the latter with softmax
 * whatever the Dice part does, over all channels, and `BCEWithLogitsLoss` with one channel.
 *
 * Source: MONAI 1.5.0, monai/losses/dice.py.
 */
export const monaiDiceCe: Importer = importer(
  {
    library: 'monai',
    name: 'DiceCELoss',
    aliases: ['dice_ce'],
    modules: ['monai.losses', 'monai.losses.dice'],
    formula: 'lambda_dice DiceLoss + lambda_ce CrossEntropyLoss',
    source: 'monai/losses/dice.py',
    arguments: {
      ...inputArguments,
      ...diceArguments,
      ...ratioArguments,
      reduction: scalarReduction,
      ce_weight: {
        kind: weights,
        none: true,
        default: null,
        use: 'honoured',
        note: 'older name of weight, taken where both are given',
        before: '1.4',
      },
      weight: {
        kind: weights,
        none: true,
        default: null,
        use: 'in part',
        note: 'a number per channel: weights of the cross-entropy, and on the Dice loss, without that of a dropped background; with one channel positive. torch takes one number for one channel alone, corrected for all',
      },
      lambda_dice: { ...factorArgument, note: 'weight of the Dice term' },
      lambda_ce: { ...factorArgument, note: 'weight of the cross-entropy term' },
      label_smoothing: {
        kind: { type: 'number', minimum: 0, maximum: 1 },
        default: 0,
        use: 'honoured',
        note: 'labelSmoothing; without effect with one channel',
        since: '1.4',
      },
    },
    blame: { ...overlapBlame, average: 'label_smoothing' },
  },
  ({ ce_weight, ...rest }, situation) => {
    const { channels, refuse } = situation;
    const args = { ...rest, weight: listed(ce_weight ?? rest.weight, situation) };
    if (args.weight !== null && args.weight.length !== channels) {
      refuse('weight', `${channels} numbers, one per channel`);
      return undefined;
    }
    // Dice has weights of the scored classes.
    const dropped = !args.include_background && channels > 1;
    const weight = dropped ? (args.weight?.slice(1) ?? null) : args.weight;
    const dice = diceSpec({ ...args, weight, soft_label: false }, situation);
    return combine([
      [args.lambda_dice, dice],
      [args.lambda_ce, entropySpec(args, dice.target, situation)],
    ]);
  },
);

/** A weight per channel. */
function listed(
  weight: number | readonly number[] | null,
  { channels, odd }: Situation,
): readonly number[] | null {
  if (typeof weight !== 'number') return weight;
  if (channels > 1) {
    odd('weight', {
      expected: `${channels} numbers, one per channel`,
      peer: 'torch raises an error for one weight of several classes',
      here: 'it for every channel',
    });
  }
  return Array<number>(channels).fill(weight);
}

/** The cross-entropy part, of the same target. */
function entropySpec(
  args: DiceCeArguments,
  target: LossSpec['target'],
  { channels, note }: Situation,
): LossSpec {
  const shared: CrossEntropyOptions = target === undefined ? {} : { target };
  const sum = args.reduction === 'sum';
  const values = args.weight?.map(Math.fround);
  if (channels === 1) {
    return crossEntropy({
      ...shared,
      activation: 'sigmoid',
      positive: values?.[0] ?? 1,
      average: sum ? 'nothing' : 'voxels',
      reduction: sum ? 'sum' : 'mean',
    });
  }
  if (!args.softmax) note('the cross-entropy has a softmax, whatever the Dice part has');
  const labels = typeof target === 'object' && target.kind === 'labels';
  return crossEntropy({
    ...shared,
    labelSmoothing: args.label_smoothing,
    ...(values === undefined ? {} : { weights: { kind: 'given', values } }),
    // Planes are probabilities to torch, whose mean is over all voxels.
    average: sum
      ? 'nothing'
      : !labels
        ? 'voxels'
        : values === undefined
          ? 'valid'
          : 'class-weighted',
    reduction: sum ? 'sum' : 'class-sum',
  });
}
