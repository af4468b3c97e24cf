import { crossEntropy, type LossSpec, topK } from '@softdice/core';
import { compound, sharedOf, withArguments } from './compound.js';
import type { GoldenCase } from './golden-case.js';
import { isOfNothing } from './hardest-voxels.js';
import { expectKnown, numberOf, objectOf, weightsOf } from './keyword-arguments.js';
import { nnunetSoftDice } from './nnunet-soft-dice.js';
import type { PeerBuilder } from './peer-loss.js';

const shared = ['soft_dice_kwargs', 'dice_class', 'weight_ce', 'weight_dice'];

function factorsOf({ args }: GoldenCase): readonly [number, number] {
  return [numberOf(args['weight_dice'], 1), numberOf(args['weight_ce'], 1)];
}

/**
 * nnU-Net `DC_and_CE_loss`: Dice, and torch's cross-entropy of labels: the mean over the voxels without
 * the ignore label, weighted by the classes where they have weights.
 *
 * Source: nnU-Net 2.8.1, nnunetv2/training/loss/compound_losses.py.
 */
export const nnunetDcAndCe: PeerBuilder = (golden) => {
  expectKnown(golden.args, [...shared, 'ce_kwargs', 'ignore_label']);
  const options = objectOf(golden, 'ce_kwargs');
  expectKnown(options, ['weight', 'label_smoothing']);
  const ignore = golden.args['ignore_label'];
  const ofDice = { ...objectOf(golden, 'soft_dice_kwargs'), apply_nonlin: 'softmax' };
  const weights = weightsOf(options['weight']);
  return compound(withArguments(golden, ofDice), ignoring(ignore), factorsOf(golden), ({ spec }) =>
    crossEntropy({
      ...sharedOf(spec),
      labelSmoothing: numberOf(options['label_smoothing'], 0),
      ...(weights === undefined
        ? {}
        : {
            weights: { kind: 'given', values: weights },
            average: 'class-weighted',
          }),
    }),
  );
};

/** Dice of the voxels without the ignore label. */
function ignoring(ignore: unknown): PeerBuilder {
  return (part) => {
    const loss = nnunetSoftDice(part);
    if ('notOurs' in loss || typeof ignore !== 'number') return loss;
    const spec: LossSpec = { ...loss.spec, target: { kind: 'labels', ignore } };
    return { ...loss, spec };
  };
}

/**
 * nnU-Net `DC_and_topk_loss`: Dice, and the mean over the k % of the voxels with the largest
 * cross-entropy, ignored ones with 0 among them.
 *
 * Source: nnU-Net 2.8.1, nnunetv2/training/loss/compound_losses.py and robust_ce_loss.py.
 */
export const nnunetDcAndTopk: PeerBuilder = (golden) => {
  expectKnown(golden.args, [
    'soft_dice_kwargs',
    'ce_kwargs',
    'weight_ce',
    'weight_dice',
    'ignore_label',
  ]);
  const options = objectOf(golden, 'ce_kwargs');
  expectKnown(options, ['weight', 'k', 'label_smoothing']);
  const percent = numberOf(options['k'], 10);
  if (isOfNothing(golden, percent)) return { notOurs: 'a mean over no voxel is NaN' };
  const weights = weightsOf(options['weight']);
  const ofDice = { ...objectOf(golden, 'soft_dice_kwargs'), apply_nonlin: 'softmax' };
  const dice = ignoring(golden.args['ignore_label']);
  return compound(withArguments(golden, ofDice), dice, factorsOf(golden), ({ spec }) =>
    topK({
      ...sharedOf(spec),
      percent,
      labelSmoothing: numberOf(options['label_smoothing'], 0),
      ...(weights === undefined ? {} : { weights: { kind: 'given', values: weights } }),
    }),
  );
};

/**
 * nnU-Net `DC_and_BCE_loss`: Dice of sigmoids, and their binary cross-entropy: the mean over voxels and
 * classes; with an ignore channel, the last of the target, its sum over the classes instead.
 *
 * Source: nnU-Net 2.8.1, nnunetv2/training/loss/compound_losses.py.
 */
export const nnunetDcAndBce: PeerBuilder = (golden) => {
  expectKnown(golden.args, [...shared, 'bce_kwargs', 'use_ignore_label']);
  expectKnown(objectOf(golden, 'bce_kwargs'), []);
  const ofDice = { ...objectOf(golden, 'soft_dice_kwargs'), apply_nonlin: 'sigmoid' };
  const ignores = golden.args['use_ignore_label'] === true;
  const part = withArguments(ignores ? withoutIgnored(golden) : golden, ofDice);
  return compound(part, nnunetSoftDice, factorsOf(golden), ({ spec }) =>
    crossEntropy({
      ...sharedOf(spec),
      activation: 'sigmoid',
      reduction: ignores ? 'class-sum' : 'mean',
    }),
  );
};

/** The ignore channel as a mask, the others as the target. */
function withoutIgnored(golden: GoldenCase): GoldenCase {
  const { input, target } = golden;
  const [samples = 1, channels = 1, ...spatial] = input.shape;
  const voxels = spatial.reduce((product, size) => product * size, 1);
  const all = Array.from(target.data);
  const bySample = Array.from({ length: samples }, (_, sample) =>
    all.slice(sample * (channels + 1) * voxels, (sample + 1) * (channels + 1) * voxels),
  );
  return {
    ...golden,
    target: {
      ...target,
      shape: input.shape,
      data: bySample.flatMap((planes) => planes.slice(0, channels * voxels)),
    },
    mask: {
      shape: [samples, 1, ...spatial],
      data: bySample.flatMap((planes) => planes.slice(channels * voxels).map((x) => 1 - x)),
    },
  };
}
