import {
  combine,
  crossEntropy,
  focalTversky,
  type LossSpec,
  tversky,
  type UnifiedFocalOptions,
  unifiedFocal,
  unifiedFocalCrossEntropy,
  unifiedFocalTversky,
} from '@softdice/core';
import { type Arguments, argumentsOf } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import { channelsFirst } from './layout.js';
import { outsideClip } from './outside-clip.js';
import type { NotOurs, PeerBuilder, PeerLoss } from './peer-loss.js';

/** `K.epsilon()`. */
const epsilon = 1e-7;

type Planes = Pick<PeerLoss, 'prediction' | 'target'> & {
  readonly kind: 'soft' | 'multilabel';
};

/** Probabilities and planes, channels last. */
function planesOf({ input, target, layout }: GoldenCase): Planes {
  return {
    prediction: channelsFirst(input, layout),
    target: channelsFirst(target, layout),
    kind: target.kind === 'soft' ? 'soft' : 'multilabel',
  };
}

/** Smoothing of numerator and denominator; a floor stands in for none. */
function smoothingOf(smooth: number): {
  readonly numerator: number;
  readonly denominator: number;
  readonly floor: number;
} {
  return { numerator: smooth, denominator: smooth, floor: smooth === 0 ? 1e-12 : 0 };
}

/**
 * `dice_loss` and `tversky_loss`: the mean of `1 - (tp + s) / (tp + delta fn + (1 - delta) fp + s)`.
 *
 * Source: mlyg/unified-focal-loss, loss_functions.py, as all of this file.
 */
const ratio =
  (usual: number): PeerBuilder =>
  (golden) => {
    const args = argumentsOf(golden, ['delta', 'smooth']);
    const delta = args.number('delta') ?? usual;
    const { kind, ...inputs } = planesOf(golden);
    const spec = tversky({
      target: kind,
      alpha: 1 - delta,
      beta: delta,
      smoothing: smoothingOf(args.number('smooth') ?? 1e-6),
    });
    return { spec, ...inputs };
  };

export const uflDice: PeerBuilder = ratio(0.5);
export const uflTversky: PeerBuilder = ratio(0.7);

/** `focal_tversky_loss`: each cell of {@link uflTversky} to the power gamma, p clipped. */
export const uflFocalTversky: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['delta', 'gamma', 'smooth']);
  const delta = args.number('delta') ?? 0.7;
  const { kind, ...inputs } = planesOf(golden);
  const spec = focalTversky({
    target: kind,
    alpha: 1 - delta,
    beta: delta,
    gamma: args.number('gamma') ?? 0.75,
    smoothing: smoothingOf(args.number('smooth') ?? 1e-6),
  });
  return outsideClip(inputs.prediction, epsilon) ?? { spec, ...inputs };
};

/** `combo_loss`: alpha times a cross-entropy weighted by beta and 1 - beta, less the mean Dice. */
export const uflCombo: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['alpha', 'beta']);
  const { kind, ...inputs } = planesOf(golden);
  const alpha = orNone(golden, args, 'alpha', 0.5);
  const beta = orNone(golden, args, 'beta', 0.5);
  const entropy = crossEntropy({
    target: kind,
    activation: 'none',
    logarithm: 'clipped',
    floor: epsilon,
    ...(beta === 'none' ? {} : { weights: { kind: 'given', values: [beta, 1 - beta] } }),
  });
  const dice = tversky({ target: kind, smoothing: smoothingOf(1e-6), transform: 'negative' });
  const spec = combine([
    [alpha === 'none' ? 1 : alpha, entropy],
    [alpha === 'none' ? 1 : 1 - alpha, dice],
  ]);
  return { spec, ...inputs };
};

/** An argument that is None where `none` is returned. */
function orNone(
  { args }: GoldenCase,
  read: Arguments,
  name: string,
  otherwise: number,
): number | 'none' {
  return args[name] === null ? 'none' : (read.number(name) ?? otherwise);
}

type Part = 'tversky' | 'cross-entropy' | 'both';

/** The focal losses of two classes; channels beyond the second are not looked at. */
function focalOf(
  form: 'symmetric' | 'asymmetric',
  part: Part,
  usual: { readonly delta: number; readonly gamma: number },
): PeerBuilder {
  return (golden) => {
    const args = argumentsOf(
      golden,
      part === 'both' ? ['weight', 'delta', 'gamma'] : ['delta', 'gamma'],
    );
    const { kind, ...inputs } = planesOf(golden);
    const refused = refusal(golden, part, inputs.prediction);
    if (refused !== undefined) return refused;
    const options: UnifiedFocalOptions = {
      form,
      target: kind,
      delta: args.number('delta') ?? usual.delta,
      gamma: args.number('gamma') ?? usual.gamma,
      epsilon,
    };
    const weight = part === 'both' ? orNone(golden, args, 'weight', 0.5) : 0.5;
    return { spec: specOf(part, options, weight), ...inputs };
  };
}

function specOf(part: Part, options: UnifiedFocalOptions, weight: number | 'none'): LossSpec {
  switch (part) {
    case 'tversky':
      return unifiedFocalTversky(options);
    case 'cross-entropy':
      return unifiedFocalCrossEntropy(options);
    case 'both':
      return weight === 'none'
        ? combine([
            [1, unifiedFocalTversky(options)],
            [1, unifiedFocalCrossEntropy(options)],
          ])
        : unifiedFocal({ ...options, weight });
  }
}

function refusal(
  { input }: GoldenCase,
  part: Part,
  prediction: PeerLoss['prediction'],
): NotOurs | undefined {
  if (prediction.shape[1] !== 2) return { notOurs: 'of more than two channels two are looked at' };
  if (part !== 'tversky' && input.shape.length === 5) {
    return { notOurs: '[:, :, :, 0] takes a slice of a volume for a channel' };
  }
  return part === 'cross-entropy' ? undefined : outsideClip(prediction, epsilon);
}

export const uflSymmetricFocal: PeerBuilder = focalOf('symmetric', 'cross-entropy', {
  delta: 0.7,
  gamma: 2,
});
export const uflSymmetricFocalTversky: PeerBuilder = focalOf('symmetric', 'tversky', {
  delta: 0.7,
  gamma: 0.75,
});
export const uflAsymmetricFocal: PeerBuilder = focalOf('asymmetric', 'cross-entropy', {
  delta: 0.7,
  gamma: 2,
});
export const uflAsymmetricFocalTversky: PeerBuilder = focalOf('asymmetric', 'tversky', {
  delta: 0.7,
  gamma: 0.75,
});
export const uflSymmetricUnified: PeerBuilder = focalOf('symmetric', 'both', {
  delta: 0.6,
  gamma: 0.5,
});
export const uflAsymmetricUnified: PeerBuilder = focalOf('asymmetric', 'both', {
  delta: 0.6,
  gamma: 0.5,
});
