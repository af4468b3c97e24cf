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
 * segmentation_models.pytorch `JaccardLoss`: `1 - (I + smooth) / max(P + T - I + smooth, eps)`.
 *
 * Source: segmentation_models.pytorch at 5006616 and 0.3.4, losses/jaccard.py.
 */
export const smpJaccard: Importer = importer(
  {
    library: 'smp',
    name: 'JaccardLoss',
    modules: ['segmentation_models_pytorch.losses', 'segmentation_models_pytorch.losses.jaccard'],
    formula: 'mean_c 1 - (I + smooth) / max(P + T - I + smooth, eps)',
    source: 'segmentation_models_pytorch/losses/jaccard.py, _functional.py',
    arguments: {
      ...modeArgument,
      ...overlapArguments,
      ignore_index: { ...ignoreArgument.ignore_index, since: 'main' },
      ...epsArgument,
      ...classWeights,
    },
    blame: overlapBlame,
  },
  (args, situation) => overlapSpec(args, { alpha: 1, beta: 1, unit: 1 }, situation),
);
