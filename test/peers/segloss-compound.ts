import { type CrossEntropyOptions, crossEntropy, topK } from '@softdice/core';
import { compound, sharedOf, withArguments } from './compound.js';
import type { GoldenCase } from './golden-case.js';
import { isOfNothing } from './hardest-voxels.js';
import { expectKnown, numberOf, objectOf, weightsOf } from './keyword-arguments.js';
import type { NotOurs, PeerBuilder } from './peer-loss.js';
import { seglossSoftDice } from './segloss-overlap.js';

type Options = Readonly<Record<string, unknown>>;

function expectArguments({ args }: GoldenCase): void {
  expectKnown(args, ['soft_dice_kwargs', 'ce_kwargs', 'aggregate']);
  if ((args['aggregate'] ?? 'sum') !== 'sum') throw new TypeError('the peer has no such aggregate');
}

/** The Dice part is always of softmax. */
function diceOf(golden: GoldenCase): GoldenCase {
  const args = { ...objectOf(golden, 'soft_dice_kwargs'), apply_nonlin: 'softmax' };
  return withArguments(golden, args);
}

/** Class weights; a class whose label is ignored, which Dice does not know of, weighs 0. */
function classWeights({ input }: GoldenCase, options: Options): readonly number[] | undefined {
  const given = weightsOf(options['weight']);
  const ignored = numberOf(options['ignore_index'], -100);
  const channels = input.shape[1] ?? 0;
  if (ignored < 0 || ignored >= channels) return given;
  const all = given ?? Array.from({ length: channels }, () => 1);
  return all.map((weight, label) => (label === ignored ? 0 : weight));
}

function weighted(
  values: readonly number[] | undefined,
  average: NonNullable<CrossEntropyOptions['average']>,
): Pick<CrossEntropyOptions, 'weights' | 'average'> {
  return values === undefined ? {} : { weights: { kind: 'given', values }, average };
}

/** An ignored class weighs 0 in a smoothed target too, which torch leaves whole. */
function smoothing(options: Options): number | NotOurs {
  const smoothing = numberOf(options['label_smoothing'], 0);
  return smoothing > 0 && numberOf(options['ignore_index'], -100) >= 0
    ? { notOurs: 'an ignored label of a smoothed target is no weight of a class' }
    : smoothing;
}

/**
 * SegLossOdyssey `DC_and_CE_loss`: `SoftDiceLoss` of softmax, and torch's cross-entropy of labels.
 *
 * Source: SegLossOdyssey d562441, losses_pytorch/dice_loss.py and ND_Crossentropy.py.
 */
export const seglossDcAndCe: PeerBuilder = (golden) => {
  expectArguments(golden);
  const options = objectOf(golden, 'ce_kwargs');
  expectKnown(options, ['weight', 'ignore_index', 'label_smoothing', 'reduction']);
  const reduction = options['reduction'] ?? 'mean';
  if (reduction === 'none') return { notOurs: "reduction 'none' gives a value per voxel" };
  const labelSmoothing = smoothing(options);
  if (typeof labelSmoothing !== 'number') return labelSmoothing;
  const weights = classWeights(golden, options);
  return compound(diceOf(golden), seglossSoftDice, [1, 1], ({ spec }) =>
    crossEntropy({
      ...sharedOf(spec),
      labelSmoothing,
      ...(reduction === 'sum'
        ? { ...weighted(weights, 'nothing'), average: 'nothing', reduction: 'sum' }
        : weighted(weights, 'class-weighted')),
    }),
  );
};

/**
 * SegLossOdyssey `DC_and_topk_loss`: `SoftDiceLoss` of softmax, and the mean over the k % of the voxels
 * with the largest cross-entropy, ignored ones with 0 among them.
 */
export const seglossDcAndTopk: PeerBuilder = (golden) => {
  expectArguments(golden);
  const options = objectOf(golden, 'ce_kwargs');
  expectKnown(options, ['weight', 'ignore_index', 'k']);
  const percent = numberOf(options['k'], 10);
  if (isOfNothing(golden, percent)) return { notOurs: 'a mean over no voxel is NaN' };
  const weights = classWeights(golden, options);
  return compound(diceOf(golden), seglossSoftDice, [1, 1], ({ spec }) =>
    topK({ ...sharedOf(spec), percent, ...weighted(weights, 'voxels') }),
  );
};
