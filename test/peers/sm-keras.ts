import { crossEntropy, fBeta, jaccard, type OverlapOptions } from '@softdice/core';
import { type Arguments, argumentsOf } from './arguments.js';
import { compound, sharedOf, withArguments } from './compound.js';
import type { GoldenCase } from './golden-case.js';
import { channelsFirst } from './layout.js';
import type { NotOurs, PeerBuilder, PeerLoss } from './peer-loss.js';

const shared = ['class_weights', 'class_indexes', 'per_image', 'smooth'];

/** The inputs, which the peer takes with channels last: it sums axes 1 and 2, and 0 over the batch. */
function inputsOf({ input, target, layout }: GoldenCase): Omit<PeerLoss, 'spec'> {
  if (layout !== 'NHWC') throw new TypeError(`segmentation_models has no layout ${layout}`);
  return { prediction: channelsFirst(input, layout), target: channelsFirst(target, layout) };
}

/**
 * What segmentation_models' overlap losses share: `1 - mean_c v_c s_c` of probabilities, over the
 * batch or per image.
 *
 * Source: segmentation_models 1.0.1, losses.py and base/functional.py.
 */
function optionsOf(golden: GoldenCase, args: Arguments): OverlapOptions | NotOurs {
  const channels = golden.input.shape.at(-1) ?? 1;
  const chosen = classesOf(golden, args);
  const smooth = args.number('smooth') ?? 1e-5;
  const given = weightsOf(golden, args, chosen?.length ?? channels);
  if (given?.every((value) => value === 0)) return { notOurs: 'a score times 0 has no gradient' };
  return {
    target: golden.target.kind === 'soft' ? 'soft' : 'multilabel',
    classes: chosen === undefined ? 'all' : { kind: 'list', channels: chosen },
    per: args.flag('per_image', false) ? 'image' : 'batch',
    smoothing: { numerator: smooth, denominator: smooth, floor: smooth === 0 ? 1e-12 : 0 },
    weights: given === undefined ? 'none' : { kind: 'given', values: given, on: 'score' },
  };
}

/** One class may be given as a number. */
function classesOf({ args }: GoldenCase, read: Arguments): readonly number[] | undefined {
  const single = args['class_indexes'];
  return typeof single === 'number' ? [single] : read.numbers('class_indexes');
}

/** One weight may be given for all classes. */
function weightsOf(
  { args }: GoldenCase,
  read: Arguments,
  classes: number,
): readonly number[] | undefined {
  const single = args['class_weights'];
  if (typeof single !== 'number') return read.numbers('class_weights');
  return single === 1 ? undefined : Array.from({ length: classes }, () => single);
}

/** segmentation_models `DiceLoss`: F-beta. */
export const smKerasDice: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, [...shared, 'beta']);
  const options = optionsOf(golden, args);
  if ('notOurs' in options) return options;
  return { spec: fBeta({ ...options, beta: args.number('beta') ?? 1 }), ...inputsOf(golden) };
};

/** segmentation_models `JaccardLoss`. */
export const smKerasJaccard: PeerBuilder = (golden) => {
  const options = optionsOf(golden, argumentsOf(golden, shared));
  if ('notOurs' in options) return options;
  return { spec: jaccard(options), ...inputsOf(golden) };
};

/**
 * A sum with `CategoricalCELoss`: the mean of `-t log(p / sum_c p)` over voxels and classes.
 *
 * Where p sums to 1 the quotient changes the gradient alone, which no spec has.
 */
const withCrossEntropy =
  (overlap: PeerBuilder): PeerBuilder =>
  (golden) => {
    argumentsOf(golden, []);
    const { data, shape } = golden.input;
    const channels = shape.at(-1) ?? 1;
    const off = Array.from({ length: data.length / channels }, (_, at) => {
      const voxel = Array.from(data).slice(at * channels, (at + 1) * channels);
      return Math.abs(voxel.reduce((sum, p) => sum + p, 0) - 1);
    });
    if (off.some((difference) => difference > 1e-12)) {
      return { notOurs: 'predictions are divided by their sum over the channels' };
    }
    return compound(golden, overlap, [1, 1], ({ spec }) =>
      crossEntropy({
        ...sharedOf(spec),
        activation: 'none',
        distribution: 'categorical',
        reduction: 'mean',
      }),
    );
  };

/** segmentation_models `cce_dice_loss`. */
export const smKerasCceDice: PeerBuilder = withCrossEntropy(smKerasDice);

/** segmentation_models `cce_jaccard_loss`. */
export const smKerasCceJaccard: PeerBuilder = withCrossEntropy(smKerasJaccard);

/** `0.5 * JaccardLoss() + 2.0 * DiceLoss()`: the peer adds and scales losses by operators. */
export const smKerasSum: PeerBuilder = (golden) => {
  argumentsOf(golden, []);
  const plain = withArguments(golden, {});
  const other = smKerasDice(plain);
  if ('notOurs' in other) return other;
  return compound(plain, smKerasJaccard, [0.5, 2], () => other.spec);
};
