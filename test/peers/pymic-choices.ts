import { activationNamed } from './activation-named.js';
import { type Arguments, argumentsOf } from './arguments.js';
import { withArguments } from './compound.js';
import type { GoldenCase } from './golden-case.js';
import type { NotOurs, PeerLoss } from './peer-loss.js';

/** What PyMIC's losses share: sums over the batch, one score per class. */
export interface PymicChoices {
  readonly args: Arguments;
  readonly inputs: Pick<PeerLoss, 'prediction' | 'target'>;
  readonly options: {
    readonly target: 'multilabel' | 'soft';
    readonly activation: 'softmax' | 'sigmoid' | 'none';
    readonly per: 'batch';
  };
}

/** What PyMIC adds to numerators and denominators. */
export const pymicSmooth = 1e-5;

/**
 * The choices in `params`, softmax by default; None leaves the prediction as it is.
 *
 * Source: PyMIC 8bcebd6, pymic/loss/seg/abstract.py.
 */
export function pymicChoices(
  golden: GoldenCase,
  known: readonly string[] = [],
): PymicChoices | NotOurs {
  const { params, ...others } = golden.args;
  const given = (params ?? {}) as GoldenCase['args'];
  const args = argumentsOf(withArguments(golden, { ...given, ...others }), [
    'loss_acti_func',
    'class_weight',
    ...known,
  ]);
  const name = given['loss_acti_func'] === null ? 'none' : args.word('loss_acti_func');
  const activation = activationNamed(name ?? 'softmax');
  if (typeof activation !== 'string') return activation;
  if (activation === 'softmax' && golden.input.shape[1] === 1) {
    return { notOurs: 'softmax of one channel is 1 everywhere' };
  }
  return {
    args,
    inputs: { prediction: golden.input, target: golden.target },
    options: {
      target: golden.target.kind === 'soft' ? 'soft' : 'multilabel',
      activation,
      per: 'batch',
    },
  };
}
