import { crossEntropy } from '@softdice/core';
import { argumentsOf } from './arguments.js';
import { compound, sharedOf, withArguments, without } from './compound.js';
import { monaiArguments } from './monai-choices.js';
import { monaiDice } from './monai-dice.js';
import type { PeerBuilder } from './peer-loss.js';

/**
 * MONAI `DiceCELoss`: `lambda_dice · DiceLoss + lambda_ce · CrossEntropyLoss`, the latter with softmax
 * whatever the Dice part does, over all channels, and `BCEWithLogitsLoss` with one channel.
 *
 * Labels are class indices, so that class weights divide; planes are probabilities, which are divided
 * by the number of voxels. Source: MONAI 1.5.0, monai/losses/dice.py.
 */
export const monaiDiceCe: PeerBuilder = (golden) => {
  const own = ['lambda_dice', 'lambda_ce', 'label_smoothing'];
  const args = argumentsOf(golden, [
    ...monaiArguments,
    'squared_pred',
    'jaccard',
    'weight',
    ...own,
  ]);
  const channels = golden.input.shape[1] ?? 0;
  const weights = args.numbers('weight')?.map(Math.fround);
  const foreground = !args.flag('include_background', true);
  const ofDice = {
    ...without(golden.args, own),
    ...(weights && foreground ? { weight: weights.slice(1) } : {}),
  };
  const factors = [args.number('lambda_dice') ?? 1, args.number('lambda_ce') ?? 1] as const;
  return compound(withArguments(golden, ofDice), monaiDice, factors, ({ spec, target }) => {
    if (channels === 1) {
      const positive = weights?.[0] ?? 1;
      return crossEntropy({
        ...sharedOf(spec),
        activation: 'sigmoid',
        positive,
        average: 'voxels',
      });
    }
    const planes = target.shape[1] === channels;
    return crossEntropy({
      ...sharedOf(spec),
      labelSmoothing: args.number('label_smoothing') ?? 0,
      ...(weights === undefined ? {} : { weights: { kind: 'given', values: weights } }),
      average: planes ? 'voxels' : weights === undefined ? 'valid' : 'class-weighted',
    });
  });
};
