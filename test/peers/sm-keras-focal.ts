import {
  type CrossEntropyOptions,
  combine,
  crossEntropy,
  dice,
  type LossSpec,
} from '@softdice/core';
import { argumentsOf } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import { channelsFirst } from './layout.js';
import type { NotOurs, PeerBuilder, PeerLoss } from './peer-loss.js';

type Inputs = Pick<PeerLoss, 'prediction' | 'target'> & {
  readonly kind: 'soft' | 'multilabel';
};

function inputsOf({ input, target, layout }: GoldenCase): Inputs {
  return {
    prediction: channelsFirst(input, layout),
    target: channelsFirst(target, layout),
    kind: target.kind === 'soft' ? 'soft' : 'multilabel',
  };
}

/** The mean over all elements, p kept `K.epsilon()` away from 0 and 1. */
function focalOf(options: CrossEntropyOptions): LossSpec {
  return crossEntropy({
    ...options,
    activation: 'none',
    logarithm: 'clipped',
    floor: 1e-7,
    reduction: 'mean',
  });
}

/**
 * `BinaryFocalLoss`: `-alpha t (1 - p)^gamma log p - (1 - alpha) (1 - t) p^gamma log(1 - p)`.
 *
 * Source: segmentation_models 1.0.1 at 5d24bbf, base/functional.py, as all of this file.
 */
function binary(kind: Inputs['kind'], alpha: number, gamma: number): LossSpec | NotOurs {
  if (alpha < 0 || alpha > 1) return { notOurs: 'an alpha beyond [0, 1] is a negative weight' };
  return focalOf({
    target: kind,
    distribution: 'bernoulli',
    positive: alpha,
    negative: 1 - alpha,
    focus: gamma,
  });
}

/** `CategoricalFocalLoss`: `-alpha t (1 - p)^gamma log p`. */
function categorical(
  kind: Inputs['kind'],
  alpha: number,
  gamma: number,
  channels: readonly number[] | undefined,
): LossSpec {
  return focalOf({
    target: kind,
    classes: channels === undefined ? 'all' : { kind: 'list', channels },
    weight: alpha,
    focus: gamma,
  });
}

/** `DiceLoss()`, over the batch. */
const plainDice = (target: Inputs['kind']): LossSpec =>
  dice({ target, per: 'batch', smoothing: { numerator: 1e-5, denominator: 1e-5 } });

export const smKerasBinaryFocal: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['alpha', 'gamma']);
  const { kind, ...inputs } = inputsOf(golden);
  const spec = binary(kind, args.number('alpha') ?? 0.25, args.number('gamma') ?? 2);
  return 'notOurs' in spec ? spec : { spec, ...inputs };
};

export const smKerasCategoricalFocal: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['alpha', 'gamma', 'class_indexes']);
  const { kind, ...inputs } = inputsOf(golden);
  const single = golden.args['class_indexes'];
  const channels = typeof single === 'number' ? [single] : args.numbers('class_indexes');
  const [alpha, gamma] = [args.number('alpha') ?? 0.25, args.number('gamma') ?? 2];
  return { spec: categorical(kind, alpha, gamma, channels), ...inputs };
};

/** `binary_focal_dice_loss`, a sum that takes no arguments. */
export const smKerasBinaryFocalDice: PeerBuilder = (golden) => {
  argumentsOf(golden, []);
  const { kind, ...inputs } = inputsOf(golden);
  const focal = binary(kind, 0.25, 2);
  if ('notOurs' in focal) return focal;
  return {
    spec: combine([
      [1, focal],
      [1, plainDice(kind)],
    ]),
    ...inputs,
  };
};

/** `categorical_focal_dice_loss`, a sum that takes no arguments. */
export const smKerasCategoricalFocalDice: PeerBuilder = (golden) => {
  argumentsOf(golden, []);
  const { kind, ...inputs } = inputsOf(golden);
  const focal = categorical(kind, 0.25, 2, undefined);
  return {
    spec: combine([
      [1, focal],
      [1, plainDice(kind)],
    ]),
    ...inputs,
  };
};
