import { combine, crossEntropy, dice, type LossSpec, type OverlapOptions } from '@softdice/core';
import { argumentsOf } from './arguments.js';
import { compound, sharedOf, withArguments } from './compound.js';
import { expectKnown, objectOf, weightsOf } from './keyword-arguments.js';
import type { PeerBuilder } from './peer-loss.js';
import { pymicChoices, pymicSmooth } from './pymic-choices.js';
import { seglossSoftDice } from './segloss-overlap.js';

const constant = { notOurs: 'with an exponent of 0 or less the loss has no least value at p = t' };

/**
 * PyMIC `ExpLogLoss`: `w mean_c (-log(0.005 + 0.99 D_c))^gamma`, and 1 - w times the mean over the voxels
 * of `sum_c t (-log(0.005 + 0.99 p))^gamma / sqrt(f_c + 0.1)`, f the share of the class in the batch.
 *
 * Source: PyMIC 8bcebd6, pymic/loss/seg/exp_log.py.
 */
export const pymicExpLog: PeerBuilder = (golden) => {
  const choices = pymicChoices(golden, ['explogloss_w_dice', 'explogloss_gamma']);
  if ('notOurs' in choices) return choices;
  const { args, inputs, options } = choices;
  const { per, ...shared } = options;
  const [weight, gamma] = ['explogloss_w_dice', 'explogloss_gamma'].map(args.number);
  if (weight === undefined || gamma === undefined) throw new TypeError('PyMIC has no defaults');
  if (gamma <= 0) return constant;
  const overlap = dice({
    ...shared,
    per,
    smoothing: { numerator: pymicSmooth, denominator: pymicSmooth },
    transform: { kind: 'log', scale: 0.99, offset: 0.005, floor: 1e-9 },
    power: { cell: gamma, floor: 1e-9 },
  });
  const entropy = crossEntropy({
    ...shared,
    // A class that a voxel has not costs nothing, also where sigmoids do not share a voxel.
    ...(shared.activation === 'sigmoid' ? { negative: 0 } : { distribution: 'categorical' }),
    logarithm: { kind: 'affine', offset: 0.005, scale: 0.99 },
    exponent: gamma,
    weights: { kind: 'frequency', power: 0.5, epsilon: 0.1 },
    average: 'voxels',
    reduction: 'class-sum',
  });
  const spec = combine([
    [weight, overlap],
    [1 - weight, entropy],
  ]);
  return { spec, ...inputs };
};

/**
 * SegLossOdyssey `ExpLog_loss`: `0.8 (-log max(mean Dice, 1e-6))^gamma + 0.2` times torch's cross-entropy of
 * labels, which has no exponent.
 *
 * Source: SegLossOdyssey d562441, losses_pytorch/dice_loss.py and ND_Crossentropy.py.
 */
export const seglossExpLog: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['soft_dice_kwargs', 'wce_kwargs', 'gamma']);
  const options = objectOf(golden, 'wce_kwargs');
  expectKnown(options, ['weight']);
  const gamma = args.number('gamma') ?? 0.3;
  if (gamma <= 0) return constant;
  const weights = weightsOf(options['weight']);
  const kwargs = { ...objectOf(golden, 'soft_dice_kwargs'), apply_nonlin: 'softmax' };
  const logarithmic: PeerBuilder = (part) => {
    const loss = seglossSoftDice(part);
    return 'notOurs' in loss ? loss : { ...loss, spec: ofTheMean(loss.spec, gamma) };
  };
  return compound(withArguments(golden, kwargs), logarithmic, [0.8, 0.2], ({ spec }) =>
    crossEntropy({
      ...sharedOf(spec),
      ...(weights === undefined
        ? {}
        : { weights: { kind: 'given', values: weights }, average: 'class-weighted' }),
    }),
  );
};

/** The logarithm of the mean score, to a power. */
function ofTheMean(spec: LossSpec, gamma: number): LossSpec {
  const terms = spec.terms.map((term) => ({
    ...(term as OverlapOptions & { readonly kind: 'overlap' }),
    transform: { kind: 'log', floor: 1e-6 } as const,
    transformed: 'mean' as const,
    power: { reduced: gamma, floor: 1e-9 },
  }));
  return { ...spec, terms };
}
