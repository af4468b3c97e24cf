import {
  clDice,
  crossEntropy,
  dice,
  diceClDice,
  diceCrossEntropy,
  diceTopK,
  exponentialLogarithmic,
  exponentialLogarithmicDice,
  fBeta,
  focal,
  focalDice,
  focalTversky,
  generalizedDice,
  jaccard,
  type LossSpec,
  logCoshDice,
  noiseRobustDice,
  penaltyGeneralizedDice,
  sensitivitySpecificity,
  softDice,
  topK,
  tversky,
  unifiedFocal,
  unifiedFocalCrossEntropy,
  unifiedFocalTversky,
  vnet,
  wassersteinDice,
} from '@softdice/core';
import { literal } from '../literal.js';
import type { Variant } from './variant.js';

/** A preset with options of its own type, as a line and as a loss. */
function named<Options extends object>(
  preset: (options: Options) => LossSpec,
  docs: string,
  options: NoInfer<Options>,
): Variant {
  return {
    title: `${preset.name}(${Object.keys(options).length === 0 ? '' : literal(options)})`,
    slug: `preset-${preset.name}`,
    docs,
    parameters: undefined,
    spec: preset(options),
  };
}

const foreground = { classes: 'foreground' } as const;

/** Every preset: the losses that people know by name. */
export const presets: readonly Variant[] = [
  named(dice, 'Dice loss.', foreground),
  named(jaccard, 'Jaccard, intersection over union.', foreground),
  named(tversky, 'Tversky loss.', { alpha: 0.3, beta: 0.7, ...foreground }),
  named(focalTversky, 'Focal Tversky loss.', foreground),
  named(fBeta, 'F-measure loss.', { beta: 2, ...foreground }),
  named(vnet, 'Dice with squares in the denominator, as V-Net has it.', foreground),
  named(softDice, 'Dice for soft labels.', foreground),
  named(generalizedDice, 'Generalised Dice: classes weighted by volume.', {}),
  named(logCoshDice, 'Log-cosh Dice.', foreground),
  named(exponentialLogarithmicDice, 'Powers of -log Dice.', foreground),
  named(focalDice, 'Dice to a power.', foreground),
  named(noiseRobustDice, 'Dice of errors to a power.', foreground),
  named(penaltyGeneralizedDice, 'Generalised Dice with a penalty.', {}),
  named(wassersteinDice, 'Dice with distances between the classes.', {
    distances: [
      [0, 1],
      [1, 0],
    ],
    activation: 'softmax',
  }),
  named(clDice, 'Dice of centerlines: soft skeletons.', foreground),
  named(diceClDice, 'Dice and clDice, weighted.', foreground),
  named(sensitivitySpecificity, 'Squared errors inside and outside.', foreground),
  named(crossEntropy, 'Cross-entropy of a softmax.', {}),
  named(focal, 'Focal loss of sigmoids.', {}),
  named(topK, 'Cross-entropy of the hardest voxels.', {}),
  named(exponentialLogarithmic, 'Powers of -log Dice and of the cross-entropy, added.', {}),
  named(unifiedFocalTversky, 'The Tversky part of the unified focal loss.', {}),
  named(unifiedFocalCrossEntropy, 'The cross-entropy part of the unified focal loss.', {}),
  named(unifiedFocal, 'Unified focal loss.', {}),
  named(diceTopK, 'Dice and the cross-entropy of the hardest voxels.', { dice: foreground }),
  named(diceCrossEntropy, 'Dice and cross-entropy, added.', { dice: foreground }),
];
