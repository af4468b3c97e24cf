import { deepSupervision, levelWeights } from '../../presets/deep-supervision.js';
import { type Importer, importer } from '../peer-class.js';

/**
 * MONAI `DeepSupervisionLoss`: `sum_i w_i loss(input_i, target at the size of input_i)`, the target by
 * `nearest-exact` interpolation.
 *
 * Source: MONAI 1.5.0, monai/losses/ds_loss.py.
 */
export function monaiDeepSupervision(losses: readonly Importer[]): Importer {
  return importer(
    {
      library: 'monai',
      name: 'DeepSupervisionLoss',
      aliases: ['ds_loss'],
      modules: ['monai.losses', 'monai.losses.ds_loss'],
      formula: 'sum_i w_i loss(prediction_i, target at its size)',
      source: 'monai/losses/ds_loss.py',
      levels: true,
      arguments: {
        loss: {
          kind: { type: 'loss' },
          use: 'honoured',
          note: 'the loss of every level; one number, so not reduction none',
        },
        weight_mode: {
          kind: { type: 'text' },
          default: 'exp',
          use: 'honoured',
          note: "'exp': 1, 1/2, 1/4, … but at least 1/16; 'two': 1, then 1/2; any other word: 1",
        },
        weights: {
          kind: { type: 'list', items: { type: 'number', minimum: 0, maximum: 1e4 } },
          none: true,
          default: null,
          use: 'honoured',
          note: 'weights of the levels; MONAI ignores a list that is too short',
        },
      },
      blame: { loss: 'loss', weight: 'weights' },
    },
    (args, situation) => {
      const spec = situation.wrapped('loss', args.loss, losses);
      const count = situation.levels ?? args.weights?.length;
      if (count === undefined) {
        const fix = 'MONAI makes as many weights as there are predictions';
        situation.refuseContext('levels', 'the number of predictions', fix);
      }
      if (spec === undefined || count === undefined) return undefined;
      const mode = args.weight_mode;
      const known = mode === 'exp' || mode === 'two' || mode === 'same';
      const listed = args.weights !== null && args.weights.length >= count;
      if (!listed && !known) situation.note(`MONAI takes weight_mode '${mode}' as 'same'`);
      if (args.weights !== null && !listed) {
        situation.note('MONAI ignores weights that are fewer than the levels');
      }
      const weights =
        listed && args.weights !== null
          ? args.weights.slice(0, count)
          : levelWeights[known ? mode : 'same'](count);
      return deepSupervision(spec, weights);
    },
  );
}
