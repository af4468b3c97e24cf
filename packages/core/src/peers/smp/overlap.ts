import type { OverlapOptions } from '../../presets/options.js';
import { type TverskyOptions, tversky } from '../../presets/presets.js';
import type { LossSpec } from '../../spec/loss.js';
import type { ArgumentValues } from '../argument.js';
import type { Situation } from '../situation.js';
import type {
  classWeights,
  epsArgument,
  ignoreArgument,
  modeArgument,
  overlapArguments,
} from './arguments.js';
import { inputsOf } from './inputs.js';

/** The arguments that SMP's overlap losses share. */
export type OverlapArguments = ArgumentValues<
  typeof modeArgument &
    typeof overlapArguments &
    typeof ignoreArgument &
    typeof epsArgument &
    typeof classWeights
>;

/** A score of SMP: `(I + smooth) / max(I + alpha FP + beta FN + smooth, eps)`, times `unit` above and below. */
export interface SmpScore {
  readonly alpha: number;
  readonly beta: number;
  /** What smooth and eps are added to, in multiples of the ratio as written here. */
  readonly unit: number;
  /** Power of the mean over the classes. */
  readonly gamma?: number;
}

/** The argument behind each part of a spec. */
export const overlapBlame: Readonly<Record<string, string>> = {
  smoothing: 'eps',
  'classes.channels': 'classes',
  weights: 'class_weights',
  index: 'alpha',
  power: 'gamma',
  transform: 'eps',
};

/**
 * What SMP's overlap losses share: a score per class over the batch, classes absent from the target
 * 0, and the mean over the classes. Since 0.4 `I = (P + T - sum |p - t|) / 2`, before `sum p t`.
 *
 * Source: segmentation_models.pytorch at 5006616 and 0.3.4, losses/dice.py, jaccard.py, tversky.py and
 * _functional.py.
 */
export function overlapSpec(
  args: OverlapArguments,
  { alpha, beta, unit, gamma = 1 }: SmpScore,
  situation: Situation,
): LossSpec {
  const { channels, since, note } = situation;
  const { mode, eps, smooth } = args;
  const inputs = inputsOf(mode, args.ignore_index, situation);
  const classes = classesOf(args, situation);
  if (eps === 0) note('with eps = 0 SMP may have 0/0; here the denominator is at least 1e-12');
  if (gamma < 1) note('gamma below 1 has an infinite slope at 0: the loss is kept at 1e-9');
  const numerator = smooth / unit;
  const options: TverskyOptions = {
    ...inputs,
    activation: !args.from_logits ? 'none' : mode === 'multiclass' ? 'softmax' : 'sigmoid',
    classes: classes === undefined ? 'all' : { kind: 'list', channels: classes },
    counting: since('0.4') ? 'minimum' : 'product',
    // 'binary' views all that a sample holds as one plane.
    per: mode === 'binary' && channels > 1 ? 'everything' : 'batch',
    alpha,
    beta,
    smoothing: { numerator, denominator: numerator, floor: Math.max(eps / unit, 1e-12) },
    absent: 'zero',
    transform: args.log_loss ? { kind: 'log', floor: Math.max(eps, 1e-9) } : 'complement',
    power: { reduced: gamma, floor: gamma < 1 ? 1e-9 : 0 },
    ...weightsOf(args, classes, situation),
  };
  return tversky(options);
}

/** The scored channels, where they are listed. */
function classesOf(
  { mode, classes }: Pick<OverlapArguments, 'mode' | 'classes'>,
  { channels, refuse }: Situation,
): readonly number[] | undefined {
  if (classes === null) return undefined;
  if (mode === 'binary') refuse('classes', "null with mode 'binary'", 'SMP raises an error');
  // torch counts negative indices from the end.
  const listed = classes.map((channel) => (channel < 0 ? channel + channels : channel));
  if (listed.some((channel) => channel < 0 || channel >= channels)) {
    refuse('classes', `channels of ${channels}`);
  }
  return listed;
}

/** The mean of the losses by weight; of `classes`, their weights. */
function weightsOf(
  { mode, class_weights: weights }: OverlapArguments,
  classes: readonly number[] | undefined,
  { channels, refuse }: Situation,
): Pick<OverlapOptions, 'weights'> {
  if (weights === null) return {};
  if (mode === 'binary') refuse('class_weights', "null with mode 'binary'", 'SMP raises an error');
  if (weights.length !== channels) {
    refuse('class_weights', `${channels} numbers, one per channel`);
    return {};
  }
  // SMP holds them as float32.
  const values = (classes ?? weights.map((_, at) => at)).map((channel) =>
    Math.fround(weights[channel] ?? 0),
  );
  return { weights: { kind: 'given', values, on: 'loss', normalise: 'weighted-mean' } };
}
