import { combine } from '../../presets/combine.js';
import { type FocalOptions, focal } from '../../presets/cross-entropy.js';
import type { LossSpec } from '../../spec/loss.js';
import { boundedFocus } from '../bounded-focus.js';
import { type Importer, importer } from '../peer-class.js';
import type { Situation } from '../situation.js';
import { classWeights, epsArgument, ignoreArgument, modeArgument } from './arguments.js';
import { type FocalArguments, type Scale, scaleOf } from './focal-reduction.js';
import { inputsOf } from './inputs.js';

/**
 * segmentation_models.pytorch `FocalLoss`: of one sigmoid per class whatever the mode. Since after 0.5.0
 * the mean over classes by weight of a reduction per class; before, the sum over the classes of
 * 'multiclass', and all planes of 'multilabel' at once.
 *
 * Source: segmentation_models.pytorch at 5006616 and 0.3.4, losses/focal.py and losses/_functional.py.
 */
export const smpFocal: Importer = importer(
  {
    library: 'smp',
    name: 'FocalLoss',
    modules: ['segmentation_models_pytorch.losses', 'segmentation_models_pytorch.losses.focal'],
    formula: 'mean_c mean of (1 - p_t)^gamma times the binary cross-entropy of a sigmoid',
    source: 'segmentation_models_pytorch/losses/focal.py, _functional.py',
    arguments: {
      mode: {
        ...modeArgument.mode,
        note: 'target: one plane, labels or planes; a sigmoid per class also of labels. Until 0.5.0 labels add their classes, after it they average them',
      },
      alpha: {
        kind: { type: 'number', minimum: 0, maximum: 1 },
        none: true,
        default: null,
        use: 'in part',
        note: 'positive alpha and negative 1 - alpha; refused with a soft target',
      },
      gamma: {
        kind: { type: 'number', minimum: 0, maximum: 10 },
        default: 2,
        use: 'in part',
        note: 'focus; below 1 p is kept 1e-9 away from 0 and 1; with a soft target only 0',
      },
      ignore_index: {
        ...ignoreArgument.ignore_index,
        use: 'in part',
        note: "target.ignore; of several planes a 'channel-mask', which the caller gives, and an error after 0.5.0",
      },
      from_logits: {
        kind: { type: 'flag' },
        default: true,
        use: 'in part',
        note: "activation sigmoid, or none; false with 'multiclass' makes logits of log p, which no spec says",
        since: 'main',
      },
      eps: {
        ...epsArgument.eps,
        kind: { type: 'number', minimum: 0, maximum: 0.5 },
        note: 'ends of the clipped logarithm of given probabilities, of at least 1e-12; without effect on logits',
        since: 'main',
      },
      reduction: {
        kind: { type: 'word', words: ['mean', 'sum', 'batchwise_mean', 'none'] },
        none: true,
        default: 'mean',
        use: 'in part',
        note: "average and reduction; 'batchwise_mean' is a sum over the samples; a value per voxel is refused",
      },
      normalized: {
        kind: { type: 'flag' },
        default: false,
        use: 'in part',
        note: "average 'focal-factors'; a mean then divides by the number of voxels again, which the context must give",
      },
      reduced_threshold: {
        kind: { type: 'number', minimum: 0.01, maximum: 1 },
        none: true,
        default: null,
        use: 'honoured',
        note: "modulation 'reduced'",
      },
      class_weights: {
        ...classWeights.class_weights,
        note: "weights in the mean over the classes, as float32, one per channel; an error with mode 'binary', refused where voxels are not reduced",
      },
    },
    blame: {
      focus: 'gamma',
      weights: 'class_weights',
      threshold: 'reduced_threshold',
      positive: 'alpha',
      negative: 'alpha',
      reduction: 'reduction',
    },
  },
  (args, situation) => {
    const { mode, ignore_index: ignored } = args;
    const inputs = inputsOf(mode, ignored, situation);
    oddInputs(args, situation);
    const scale = scaleOf(args, situation);
    const { alpha, gamma, reduced_threshold: threshold } = args;
    const logits = args.from_logits;
    const shared: FocalOptions = {
      ...inputs,
      activation: logits ? 'sigmoid' : 'none',
      distribution: 'bernoulli',
      gamma,
      ...(alpha === null ? {} : { positive: alpha, negative: 1 - alpha }),
      ...(threshold === null ? {} : { modulation: { kind: 'reduced', threshold } }),
      ...(logits
        ? boundedFocus(gamma, situation)
        : {
            logarithm: 'clipped',
            floor: Math.max(args.eps, gamma > 0 && gamma < 1 ? 1e-9 : 1e-12),
          }),
    };
    return args.normalized ? normalized(shared, scale) : plain(shared, scale, args);
  },
);

/** What no spec says of prediction and target. */
function oddInputs(
  { mode, alpha, gamma, from_logits, ignore_index }: FocalArguments,
  { target, since, odd }: Situation,
): void {
  if (target === 'soft') {
    const here = 'the mixture of the losses of both outcomes';
    const peer = 'of a soft target SMP takes the factors of a mixture of outcomes';
    if (gamma !== 0) odd('gamma', { expected: '0 with a soft target', peer, here });
    if (alpha !== null && alpha !== 0.5) {
      odd('alpha', { expected: 'null with a soft target', peer, here });
    }
  }
  if (mode === 'multiclass' && !from_logits) {
    odd('from_logits', {
      expected: "true with mode 'multiclass'",
      peer: 'the logarithms of probabilities stand for logits of a sigmoid',
      here: 'the probabilities themselves',
    });
  }
  if (mode === 'multilabel' && ignore_index !== null && since('main')) {
    odd('ignore_index', {
      expected: "null with mode 'multilabel'",
      peer: 'SMP indexes planes of one class by a mask of all, which fails',
      here: 'a mask per channel',
    });
  }
}

/** Reductions without a quotient by the focal factors. */
function plain(
  shared: FocalOptions,
  { summed, factor, groups }: Scale,
  { class_weights: weights }: FocalArguments,
): LossSpec {
  const list = groups.map(({ share }) => share * groups.length);
  const options: FocalOptions = {
    ...shared,
    ...(weights === null || groups.length === 1
      ? {}
      : { weights: { kind: 'given', values: list } }),
  };
  const [{ share } = { share: 1 }] = weights === null ? groups : [{ share: 1 / groups.length }];
  switch (summed) {
    case 'all':
      return focal({ ...options, average: 'nothing', reduction: 'sum', weight: factor * share });
    case 'samples':
      return focal({ ...options, average: 'valid', reduction: 'sum', weight: factor * share });
    case 'none':
      return focal({
        ...options,
        average: 'valid',
        reduction: 'mean',
        weight: factor * share * groups.length,
      });
  }
}

/** One quotient by the sum of the focal factors per group of channels. */
function normalized(shared: FocalOptions, { factor, groups }: Scale): LossSpec {
  const options: FocalOptions = { ...shared, average: 'focal-factors', reduction: 'mean' };
  const [first] = groups;
  if (groups.length === 1 && first !== undefined) {
    return focal({ ...options, weight: factor * first.share });
  }
  return combine(
    groups.map(({ channel, share }) => [
      factor * share,
      focal({ ...options, classes: { kind: 'list', channels: [channel] } }),
    ]),
  );
}
