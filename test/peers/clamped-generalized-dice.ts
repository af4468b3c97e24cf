import { generalizedDice, type OverlapOptions } from '@softdice/core';
import { activationNamed } from './activation-named.js';
import { argumentsOf } from './arguments.js';
import type { PeerBuilder } from './peer-loss.js';

/** Weights of `1 / max(T^2, epsilon)` over the batch, and a denominator of at least epsilon. */
function clamped(epsilon: number): OverlapOptions {
  return {
    per: 'everything',
    smoothing: { numerator: 0, denominator: 0, floor: epsilon },
    weights: {
      kind: 'volume',
      on: 'both-sums',
      absent: { kind: 'floor', floor: Math.sqrt(epsilon) },
    },
  };
}

/**
 * pytorch-3dunet `GeneralizedDiceLoss`: `1 - 2 sum_c w I / sum_c max(w (P + T), epsilon)` over the
 * batch, `w = 1 / max(T^2, epsilon)`. Each w (P + T) is at least 1 / T, so that only a volume above
 * 1 / epsilon tells its floor from one of the sum.
 *
 * Source: pytorch-3dunet 1.9.6, pytorch3dunet/unet3d/losses.py.
 */
export const pytorch3dunetGeneralizedDice: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['normalization', 'epsilon']);
  if (golden.input.shape[1] === 1) return { notOurs: 'one channel gets its complement as another' };
  const activation = activationNamed(args.word('normalization') ?? 'sigmoid');
  if (typeof activation !== 'string') return activation;
  const options = clamped(args.number('epsilon') ?? 1e-6);
  const spec = generalizedDice({ ...options, target: 'multilabel', activation });
  return { spec, prediction: golden.input, target: golden.target };
};

/**
 * SegLossOdyssey `GDiceLossV2`: minus the ratio of {@link pytorch3dunetGeneralizedDice}, from which it
 * was copied, with `smooth` for epsilon.
 *
 * Source: SegLossOdyssey d562441, losses_pytorch/dice_loss.py.
 */
export const seglossGdiceV2: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['apply_nonlin', 'smooth']);
  const activation = activationNamed(args.word('apply_nonlin') ?? 'none');
  if (typeof activation !== 'string') return activation;
  const spec = generalizedDice({
    ...clamped(args.number('smooth') ?? 1e-5),
    target: golden.target.kind === 'sparse' ? 'labels' : 'multilabel',
    activation,
    transform: 'negative',
  });
  return { spec, prediction: golden.input, target: golden.target };
};
