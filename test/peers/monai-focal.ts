import { type CrossEntropyOptions, focal, type LossSpec } from '@softdice/core';
import { type Arguments, argumentsOf } from './arguments.js';
import { boundedFocus } from './bounded-focus.js';
import { compound, sharedOf, withArguments, without } from './compound.js';
import type { GoldenCase } from './golden-case.js';
import { monaiArguments } from './monai-choices.js';
import { monaiDice } from './monai-dice.js';
import { monaiGeneralizedDice } from './monai-generalized-dice.js';
import type { PeerBuilder } from './peer-loss.js';

/**
 * MONAI `FocalLoss`: `(1 - p_t)^gamma` times the binary cross-entropy of a sigmoid, or with use_softmax
 * `-(1 - p)^gamma t log p`; the mean over voxels and classes, or with 'sum' the sum of means.
 *
 * Source: MONAI 1.5.0, monai/losses/focal_loss.py.
 */
export const monaiFocal: PeerBuilder = (golden) => {
  const known = ['include_background', 'to_onehot_y', 'reduction', 'use_softmax'];
  const args = argumentsOf(golden, [...known, 'gamma', 'alpha', 'weight']);
  const channels = golden.input.shape[1] ?? 0;
  const sparse = args.flag('to_onehot_y', false) && channels > 1;
  const softmax = args.flag('use_softmax', false);
  const foreground = !args.flag('include_background', true) && channels > 1;
  if (softmax && foreground) {
    return {
      notOurs: 'channel 0 is dropped before the softmax, which a spec does over all channels',
    };
  }
  if (isSteep(args) && !isMild(golden)) return { notOurs: steep };
  const target = sparse ? 'labels' : 'multilabel';
  const spec = focalOf(
    args,
    args.number('alpha'),
    weightsOf(args, golden, channels),
    { channels, softmax, foreground },
    { target },
  );
  return { spec, prediction: golden.input, target: golden.target };
};

/**
 * MONAI `DiceFocalLoss`: `lambda_dice · DiceLoss + lambda_focal · FocalLoss`, the latter with sigmoid.
 *
 * Source: MONAI 1.5.0, monai/losses/dice.py.
 */
export const monaiDiceFocal: PeerBuilder = (golden) => {
  const own = ['lambda_dice', 'lambda_focal', 'gamma', 'alpha'];
  const args = argumentsOf(golden, [
    ...monaiArguments,
    'squared_pred',
    'jaccard',
    'weight',
    ...own,
  ]);
  const channels = golden.input.shape[1] ?? 0;
  if (args.word('reduction') === 'none') {
    return { notOurs: "reduction 'none' gives a value per voxel" };
  }
  if (isSteep(args) && !isMild(golden)) return { notOurs: steep };
  const foreground = !args.flag('include_background', true) && channels > 1;
  const factors = [args.number('lambda_dice') ?? 1, args.number('lambda_focal') ?? 1] as const;
  const ofDice = withArguments(golden, without(golden.args, own));
  return compound(ofDice, monaiDice, factors, ({ spec }) =>
    focalOf(
      args,
      args.number('alpha'),
      weightsOf(args, golden, channels),
      { channels, softmax: false, foreground },
      sharedOf(spec),
    ),
  );
};

/** MONAI `GeneralizedDiceFocalLoss`: as {@link monaiDiceFocal} with generalised Dice, and without alpha. */
export const monaiGeneralizedDiceFocal: PeerBuilder = (golden) => {
  const own = ['lambda_gdl', 'lambda_focal', 'gamma', 'weight'];
  const args = argumentsOf(golden, [...monaiArguments, 'w_type', ...own]);
  const channels = golden.input.shape[1] ?? 0;
  if (args.word('reduction') === 'none') {
    return { notOurs: "reduction 'none' gives a value per voxel" };
  }
  const foreground = !args.flag('include_background', true) && channels > 1;
  const factors = [args.number('lambda_gdl') ?? 1, args.number('lambda_focal') ?? 1] as const;
  const ofDice = withArguments(golden, without(golden.args, own));
  const weights = weightsOf(args, golden, channels);
  return compound(ofDice, monaiGeneralizedDice, factors, ({ spec }) =>
    focalOf(args, undefined, weights, { channels, softmax: false, foreground }, sharedOf(spec)),
  );
};

/** Weights of the classes; one number is that of every class. */
function weightsOf(
  args: Arguments,
  golden: GoldenCase,
  channels: number,
): readonly number[] | undefined {
  const { weight } = golden.args;
  return typeof weight === 'number' ? Array<number>(channels).fill(weight) : args.numbers('weight');
}

interface Shape {
  readonly channels: number;
  readonly softmax: boolean;
  readonly foreground: boolean;
}

const steep = 'an exponent below 1 has an infinite gradient where a logit is large';

function isSteep(args: Arguments): boolean {
  const gamma = args.number('gamma') ?? 2;
  return gamma > 0 && gamma < 1;
}

/** Whether every p and 1 - p is above 1e-9. */
function isMild({ input }: GoldenCase): boolean {
  return Array.from(input.data).every((logit) => Math.abs(logit) <= 9);
}

function focalOf(
  args: Arguments,
  alpha: number | undefined,
  weights: readonly number[] | undefined,
  { channels, softmax, foreground }: Shape,
  shared: Pick<CrossEntropyOptions, 'target' | 'voxels' | 'rescale'>,
): LossSpec {
  const scored = foreground ? channels - 1 : channels;
  const given = scored === 1 ? undefined : weights?.map(Math.fround);
  // With softmax alpha weighs the foreground and 1 - alpha the background, whatever p.
  const balance = Array.from({ length: scored }, (_, at) =>
    alpha === undefined || !softmax ? 1 : at === 0 ? 1 - alpha : alpha,
  );
  const values = balance.map((factor, at) => factor * (given?.[at] ?? 1));
  const gamma = args.number('gamma') ?? 2;
  return focal({
    ...shared,
    activation: softmax ? 'softmax' : 'sigmoid',
    classes: foreground ? 'foreground' : 'all',
    gamma,
    ...boundedFocus(gamma),
    ...(alpha === undefined || softmax ? {} : { positive: alpha, negative: 1 - alpha }),
    weights: { kind: 'given', values },
    // What is clipped is never reached.
    ...(isSteep(args) ? { logarithm: 'clipped', floor: 1e-9 } : {}),
    average: 'voxels',
    reduction: args.word('reduction') === 'sum' ? 'sum' : 'mean',
  });
}
