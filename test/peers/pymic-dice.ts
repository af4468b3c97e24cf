import { dice, focalDice, noiseRobustDice, type OverlapOptions } from '@softdice/core';
import type { GoldenCase } from './golden-case.js';
import type { NotOurs, PeerBuilder } from './peer-loss.js';
import { type PymicChoices, pymicChoices, pymicSmooth } from './pymic-choices.js';

const smoothing = { numerator: pymicSmooth, denominator: pymicSmooth };

/**
 * PyMIC `DiceLoss`: the mean over classes, by weight where they have any, of
 * `1 - (2 sum w p t + 1e-5) / (sum w p + sum w t + 1e-5)`, sums over the batch.
 *
 * Source: PyMIC 8bcebd6, pymic/loss/seg/dice.py and util.py (`get_classwise_dice`).
 */
export const pymicDice: PeerBuilder = (golden) => {
  const choices = pymicChoices(golden);
  if ('notOurs' in choices) return choices;
  const { args, inputs, options } = choices;
  const { mask } = golden;
  if (mask !== undefined && Array.from(mask.data).some((w) => w < 0)) {
    return { notOurs: 'a weight of a voxel is negative' };
  }
  const values = args.numbers('class_weight');
  if (values?.every((value) => value === 0)) {
    return { notOurs: 'a mean by weights that are all 0 is NaN' };
  }
  const spec = dice({
    ...options,
    smoothing,
    voxels: mask === undefined ? 'all' : 'weights',
    ...(values === undefined
      ? {}
      : { weights: { kind: 'given', values, normalise: 'weighted-mean' } }),
  });
  return { spec, ...inputs, ...(mask === undefined ? {} : { mask }) };
};

/**
 * PyMIC `BinaryDiceLoss`: Dice of `1 - p` of the background, which with softmax is the sum of the others.
 *
 * Source: PyMIC 8bcebd6, pymic/loss/seg/dice.py; it reads neither voxel nor class weights.
 */
export const pymicBinaryDice: PeerBuilder = (golden) => {
  const choices = pymicChoices(golden);
  if ('notOurs' in choices) return choices;
  const { activation } = choices.options;
  const channels = golden.input.shape[1] ?? 0;
  if (activation !== 'softmax' || !sumsToOne(golden)) {
    return { notOurs: '1 - p of the background is no sum of the other channels' };
  }
  return merged(golden, choices, [Array.from({ length: channels - 1 }, (_, at) => at + 1)]);
};

/**
 * PyMIC `GroupDiceLoss`: the mean of the Dice losses of two groups of channels, each of
 * `floor((C - 1) / 2)` of them and without channel 0; a last odd one is in none.
 *
 * Source: PyMIC 8bcebd6, pymic/loss/seg/dice.py.
 */
export const pymicGroupDice: PeerBuilder = (golden) => {
  const choices = pymicChoices(golden);
  if ('notOurs' in choices) return choices;
  const size = Math.floor(((golden.input.shape[1] ?? 0) - 1) / 2);
  const group = (first: number): readonly number[] =>
    Array.from({ length: size }, (_, at) => first + at);
  return merged(golden, choices, [group(1), group(1 + size)]);
};

/**
 * PyMIC `FocalDiceLoss`: `1 - mean D^(1 / beta)` over the classes.
 *
 * Source: PyMIC 8bcebd6, pymic/loss/seg/dice.py.
 */
export const pymicFocalDice: PeerBuilder = (golden) => {
  const choices = pymicChoices(golden, ['focaldiceloss_beta']);
  if ('notOurs' in choices) return choices;
  const { args, inputs, options } = choices;
  const beta = args.number('focaldiceloss_beta') ?? Number.NaN;
  if (!(beta >= 0.1)) return { notOurs: `1 / beta with beta ${beta} is above 10` };
  // Scores are at least 1e-5 over twice the voxels.
  const transform = { kind: 'power-complement', exponent: 1 / beta, floor: 1e-9 } as const;
  return { spec: focalDice({ ...options, smoothing, transform }), ...inputs };
};

/**
 * PyMIC `NoiseRobustDiceLoss`: the mean over classes of `sum |p - t|^gamma / (P + T + 1e-5)`.
 *
 * Source: PyMIC 8bcebd6, pymic/loss/seg/dice.py.
 */
export const pymicNoiseRobustDice: PeerBuilder = (golden) => {
  const choices = pymicChoices(golden, ['noiserobustdiceloss_gamma']);
  if ('notOurs' in choices) return choices;
  const { args, inputs, options } = choices;
  const gamma = args.number('noiserobustdiceloss_gamma') ?? Number.NaN;
  if (!(gamma >= 1 && gamma <= 2)) return { notOurs: `gamma ${gamma} is not between 1 and 2` };
  return { spec: noiseRobustDice({ ...options, smoothing, gamma }), ...inputs };
};

/**
 * PyMIC `ARSTverskyLoss`: alpha and beta of each patch follow from the errors in it, gradient included.
 *
 * Source: PyMIC 8bcebd6, pymic/loss/seg/ars_tversky.py; Chen et al. 2023, IEEE TPAMI.
 */
export const pymicArsTversky: PeerBuilder = () => ({
  notOurs: 'a score per patch of voxels, its alpha and beta from the errors in it',
});

function merged(
  golden: GoldenCase,
  { inputs, options }: PymicChoices,
  regions: readonly (readonly number[])[],
): ReturnType<PeerBuilder> {
  const refused = noRegions(options.activation, regions);
  if (refused !== undefined) return refused;
  const spec = dice({
    ...options,
    target: golden.target.kind === 'soft' ? 'soft' : 'one-hot',
    classes: { kind: 'regions', regions },
    smoothing,
  } satisfies OverlapOptions);
  return { spec, ...inputs };
}

function noRegions(
  activation: string,
  regions: readonly (readonly number[])[],
): NotOurs | undefined {
  if (activation === 'sigmoid') return { notOurs: 'sums of sigmoids are no probabilities' };
  return regions.some((region) => region.length === 0)
    ? { notOurs: 'a group without channels' }
    : undefined;
}

/** Whether the planes of the target sum to 1 at every voxel. */
function sumsToOne({ input, target }: GoldenCase): boolean {
  const [samples = 1, channels = 1, ...spatial] = input.shape;
  const voxels = spatial.reduce((product, size) => product * size, 1);
  return Array.from({ length: samples * voxels }, (_, at) => {
    const first = Math.floor(at / voxels) * channels * voxels + (at % voxels);
    return Array.from({ length: channels }, (_, c) => target.data[first + c * voxels] ?? 0).reduce(
      (sum, t) => sum + t,
      0,
    );
  }).every((sum) => Math.abs(sum - 1) < 1e-12);
}
