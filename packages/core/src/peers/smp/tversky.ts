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
 * segmentation_models.pytorch `TverskyLoss`: the mean over the classes of
 * `1 - (I + smooth) / max(I + alpha FP + beta FN + smooth, eps)`, to the power gamma.
 *
 * Source: segmentation_models.pytorch at 5006616 and 0.3.4, losses/tversky.py.
 */
export const smpTversky: Importer = importer(
  {
    library: 'smp',
    name: 'TverskyLoss',
    modules: ['segmentation_models_pytorch.losses', 'segmentation_models_pytorch.losses.tversky'],
    formula: '(mean_c 1 - (I + smooth) / max(I + alpha FP + beta FN + smooth, eps))^gamma',
    source: 'segmentation_models_pytorch/losses/tversky.py, dice.py, _functional.py',
    arguments: {
      ...modeArgument,
      ...overlapArguments,
      ...ignoreArgument,
      ...epsArgument,
      alpha: {
        kind: { type: 'number', minimum: 0, maximum: 100 },
        default: 0.5,
        use: 'honoured',
        note: 'alpha, of the false positives; refused where alpha + beta = 0',
      },
      beta: {
        kind: { type: 'number', minimum: 0, maximum: 100 },
        default: 0.5,
        use: 'honoured',
        note: 'beta, of the false negatives',
      },
      gamma: {
        kind: { type: 'number', above: 0, maximum: 10 },
        default: 1,
        use: 'honoured',
        note: 'power.reduced, of the mean over the classes',
      },
      ...classWeights,
    },
    blame: overlapBlame,
  },
  (args, situation) => {
    const { alpha, beta, gamma } = args;
    return overlapSpec(args, { alpha, beta, gamma, unit: 1 }, situation);
  },
);
