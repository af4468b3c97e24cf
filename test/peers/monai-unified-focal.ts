import { unifiedFocal, unifiedFocalTversky } from '@softdice/core';
import type { Tensor } from '@softdice/reference';
import { argumentsOf } from './arguments.js';
import { outsideClip } from './outside-clip.js';
import type { PeerBuilder } from './peer-loss.js';

const onlyTwo = { notOurs: 'of more than two channels two are looked at' };

/**
 * MONAI `AsymmetricFocalTverskyLoss`: the mean of `1 - d` of the background and `(1 - d)^(1 - gamma)` of
 * the foreground; reduction is not looked at.
 *
 * Source: MONAI 1.5.0, monai/losses/unified_focal_loss.py.
 */
export const monaiAsymmetricFocalTversky: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['to_onehot_y', 'delta', 'gamma', 'epsilon', 'reduction']);
  if (golden.input.shape[1] !== 2) return onlyTwo;
  const epsilon = args.number('epsilon') ?? 1e-7;
  const spec = unifiedFocalTversky({
    target: args.flag('to_onehot_y', false)
      ? 'labels'
      : golden.target.kind === 'soft'
        ? 'soft'
        : 'multilabel',
    delta: args.number('delta') ?? 0.7,
    gamma: args.number('gamma') ?? 0.75,
    epsilon,
  });
  return (
    outsideClip(golden.input, epsilon) ?? { spec, prediction: golden.input, target: golden.target }
  );
};

/**
 * MONAI `AsymmetricUnifiedFocalLoss`: `weight` times the cross-entropy and `1 - weight` times the Tversky
 * part, the other way round than in unified-focal-loss. Every reduction is of one number.
 *
 * With one channel MONAI makes planes of prediction and target as if both were labels: a number without
 * gradient. Source: as above.
 */
export const monaiUnifiedFocal: PeerBuilder = (golden) => {
  const known = ['to_onehot_y', 'num_classes', 'weight', 'gamma', 'delta', 'reduction'];
  const args = argumentsOf(golden, known);
  const { input, target } = golden;
  const labels = input.shape[1] === 1;
  if ((args.number('num_classes') ?? 2) !== 2 || (!labels && input.shape[1] !== 2)) return onlyTwo;
  if (args.flag('to_onehot_y', false)) {
    return { notOurs: 'planes as labels, which MONAI refuses itself' };
  }
  const spec = unifiedFocal({
    target: target.kind === 'soft' ? 'soft' : 'multilabel',
    weight: 1 - (args.number('weight') ?? 0.5),
    delta: args.number('delta') ?? 0.7,
    gamma: args.number('gamma') ?? 0.5,
  });
  if (labels) return { spec, prediction: planesOfLabels(input), target: planesOfLabels(target) };
  return outsideClip(input, 1e-7) ?? { spec, prediction: input, target };
};

/** Labels 0 and 1 as two planes. */
function planesOfLabels({ shape, data }: Tensor): Tensor {
  const [samples = 1, , ...spatial] = shape;
  const voxels = spatial.reduce((product, size) => product * size, 1);
  const all = Array.from(data);
  return {
    shape: [samples, 2, ...spatial],
    data: Array.from({ length: samples }, (_, sample) => {
      const ones = all.slice(sample * voxels, (sample + 1) * voxels);
      return [...ones.map((label) => 1 - label), ...ones];
    }).flat(),
  };
}
