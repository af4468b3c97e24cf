import { crossEntropy, vnet } from '@softdice/core';
import { activationNamed } from './activation-named.js';
import { argumentsOf } from './arguments.js';
import { compound, sharedOf, withArguments } from './compound.js';
import type { PeerBuilder } from './peer-loss.js';

/**
 * pytorch-3dunet `DiceLoss`: `1 - mean_c 2 v I / max(sum p^2 + sum t^2, 1e-6)` over the batch.
 *
 * Source: pytorch-3dunet 1.9.6, pytorch3dunet/unet3d/losses.py.
 */
export const pytorch3dunetDice: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['weight', 'normalization']);
  const activation = activationNamed(args.word('normalization') ?? 'sigmoid');
  if (typeof activation !== 'string') return activation;
  if (activation === 'softmax' && golden.input.shape[1] === 1) {
    return { notOurs: 'softmax of one channel is 1 everywhere' };
  }
  const values = args.numbers('weight');
  const spec = vnet({
    target: golden.target.kind === 'soft' ? 'soft' : 'multilabel',
    activation,
    per: 'batch',
    smoothing: { numerator: 0, denominator: 0, floor: 1e-6 },
    weights: values === undefined ? 'none' : { kind: 'given', values, on: 'score' },
  });
  return { spec, prediction: golden.input, target: golden.target };
};

/** pytorch-3dunet `BCEDiceLoss`: `BCEWithLogitsLoss + alpha DiceLoss`, the latter with sigmoid. */
export const pytorch3dunetBceDice: PeerBuilder = (golden) => {
  const alpha = argumentsOf(golden, ['alpha']).number('alpha') ?? 1;
  return compound(withArguments(golden, {}), pytorch3dunetDice, [alpha, 1], ({ spec }) =>
    crossEntropy({ ...sharedOf(spec), activation: 'sigmoid' }),
  );
};
