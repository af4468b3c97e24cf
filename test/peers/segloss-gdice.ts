import { generalizedDice } from '@softdice/core';
import { activationNamed } from './activation-named.js';
import { argumentsOf } from './arguments.js';
import type { PeerBuilder } from './peer-loss.js';

/**
 * SegLossOdyssey `GDiceLoss`: minus the mean of `2 (sum_c w I + smooth) / (sum_c w (P + T) + smooth)`,
 * `w = 1 / (T + 1e-10)^2`.
 *
 * Source: SegLossOdyssey d562441, losses_pytorch/dice_loss.py.
 */
export const seglossGdice: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['apply_nonlin', 'smooth']);
  const activation = activationNamed(args.word('apply_nonlin') ?? 'none');
  if (typeof activation !== 'string') return activation;
  const smooth = args.number('smooth') ?? 1e-5;
  const spec = generalizedDice({
    target: golden.target.kind === 'sparse' ? 'labels' : 'multilabel',
    activation,
    smoothing: { numerator: 2 * smooth, denominator: smooth },
    weights: {
      kind: 'volume',
      on: 'both-sums',
      absent: { kind: 'epsilon', epsilon: 1e-10 },
    },
    transform: 'negative',
  });
  return { spec, prediction: golden.input, target: golden.target };
};
