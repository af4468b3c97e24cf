import { type Importer, importer } from '../peer-class.js';
import {
  classWeights,
  epsArgument,
  ignoreArgument,
  modeArgument,
  overlapArguments,
} from './arguments.js';
import { overlapBlame, overlapSpec } from './overlap.js';

/**
 * segmentation_models.pytorch `DiceLoss`: `1 - (I + smooth) / max(I + FP/2 + FN/2 + smooth, eps)`;
 * before 0.4 `1 - (2I + smooth) / max(P + T + smooth, eps)`.
 *
 * Source: segmentation_models.pytorch at 5006616 and 0.3.4, losses/dice.py.
 */
export const smpDice: Importer = importer(
  {
    library: 'smp',
    name: 'DiceLoss',
    modules: ['segmentation_models_pytorch.losses', 'segmentation_models_pytorch.losses.dice'],
    formula: 'mean_c 1 - (I + smooth) / max((P + T) / 2 + smooth, eps)',
    source: 'segmentation_models_pytorch/losses/dice.py, _functional.py',
    arguments: {
      ...modeArgument,
      ...overlapArguments,
      ...ignoreArgument,
      ...epsArgument,
      ...classWeights,
    },
    blame: overlapBlame,
  },
  (args, situation) => {
    const unit = situation.since('0.4') ? 1 : 2;
    return overlapSpec(args, { alpha: 0.5, beta: 0.5, unit }, situation);
  },
);
