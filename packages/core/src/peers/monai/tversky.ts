import { tversky } from '../../presets/presets.js';
import { type Importer, importer } from '../peer-class.js';
import { overlapBlame } from './blame.js';
import { inputArguments, ratioArguments, softLabelArgument } from './overlap-arguments.js';
import { overlapChoices } from './overlap-choices.js';

/** MONAI `TverskyLoss`. Source: MONAI 1.5.0, monai/losses/tversky.py. */
export const monaiTversky: Importer = importer(
  {
    library: 'monai',
    name: 'TverskyLoss',
    modules: ['monai.losses', 'monai.losses.tversky'],
    formula: '1 - (I + smooth_nr) / (I + alpha FP + beta FN + smooth_dr)',
    source: 'monai/losses/tversky.py, monai/losses/utils.py',
    arguments: {
      ...inputArguments,
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
      ...ratioArguments,
      ...softLabelArgument,
    },
    blame: { ...overlapBlame, index: 'alpha' },
  },
  (args, situation) => {
    const { options, smoothing } = overlapChoices(args, situation);
    return tversky({
      ...options,
      smoothing,
      counting: args.soft_label ? 'minimum' : 'product',
      alpha: args.alpha,
      beta: args.beta,
    });
  },
);
