import { dice } from '../../presets/presets.js';
import { type Importer, importer } from '../peer-class.js';
import { kerasArguments, kerasOptions } from './overlap.js';

const { axis, ...rest } = kerasArguments;
const { dtype, ...first } = rest;

/**
 * Keras `Dice`: `1 - 2I / (T + P + epsilon)`.
 *
 * Source: Keras 3.16, keras/src/losses/losses.py (`dice`).
 */
export const kerasDice: Importer = importer(
  {
    library: 'keras',
    name: 'Dice',
    modules: ['keras.losses', 'keras.src.losses.losses', 'keras_core.losses'],
    formula: '1 - 2 I / (P + T + 1e-7)',
    source: 'keras/src/losses/losses.py, keras/src/losses/loss.py',
    arguments: {
      ...first,
      name: { ...first.name, default: 'dice' },
      axis: { ...axis, since: '3.4' },
      dtype,
    },
    blame: { reduction: 'reduction' },
  },
  (args, situation) => dice(kerasOptions(args, situation)),
);
