import { tversky } from '../../presets/presets.js';
import { type Importer, importer } from '../peer-class.js';
import { kerasArguments, kerasOptions } from './overlap.js';

const { axis, ...rest } = kerasArguments;
const { dtype, ...first } = rest;

const errors = {
  kind: { type: 'number', minimum: 0, maximum: 100 },
  default: 0.5,
  use: 'honoured',
} as const;

/**
 * Keras `Tversky`: `1 - I / (I + alpha FP + beta FN + epsilon)`.
 *
 * Source: Keras 3.16, keras/src/losses/losses.py (`tversky`).
 */
export const kerasTversky: Importer = importer(
  {
    library: 'keras',
    name: 'Tversky',
    modules: ['keras.losses', 'keras.src.losses.losses', 'keras_core.losses'],
    formula: '1 - I / (I + alpha FP + beta FN + 1e-7)',
    source: 'keras/src/losses/losses.py, keras/src/losses/loss.py',
    arguments: {
      alpha: { ...errors, note: 'alpha, of the false positives; refused where alpha + beta = 0' },
      beta: { ...errors, note: 'beta, of the false negatives' },
      ...first,
      name: { ...first.name, default: 'tversky' },
      axis: { ...axis, since: '3.8' },
      dtype,
    },
    blame: { reduction: 'reduction', index: 'alpha' },
  },
  (args, situation) => {
    const { alpha, beta } = args;
    return tversky({ ...kerasOptions(args, situation), alpha, beta });
  },
);
