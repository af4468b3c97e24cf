import { deepSupervision, levelWeights } from '../../presets/deep-supervision.js';
import { type Importer, importer } from '../peer-class.js';

/**
 * nnU-Net `DeepSupervisionWrapper`: `sum_i w_i loss(input_i, target_i)`.
 *
 * Source: nnU-Net 2.8.1, nnunetv2/training/loss/deep_supervision.py.
 */
export function nnunetDeepSupervision(losses: readonly Importer[]): Importer {
  return importer(
    {
      library: 'nnunet',
      name: 'DeepSupervisionWrapper',
      modules: ['nnunetv2.training.loss.deep_supervision'],
      formula: 'sum_i w_i loss(prediction_i, target_i)',
      source: 'nnunetv2/training/loss/deep_supervision.py',
      levels: true,
      arguments: {
        loss: { kind: { type: 'loss' }, use: 'honoured', note: 'the loss of every level' },
        weight_factors: {
          kind: { type: 'list', items: { type: 'number', minimum: 0, maximum: 1e4 } },
          none: true,
          default: null,
          use: 'in part',
          note: 'weights of the levels; nnU-Net fails on None and on zeros alone since 2.3, corrected has 1 for None',
        },
      },
      blame: { loss: 'loss', weight: 'weight_factors' },
    },
    (args, situation) => {
      const { levels, refuse, refuseContext, odd } = situation;
      const spec = situation.wrapped('loss', args.loss, losses);
      const { weight_factors: factors } = args;
      const count = levels ?? factors?.length;
      const strict = situation.since('2.3');
      if (factors === null && strict) {
        odd('weight_factors', {
          expected: 'a number per level',
          peer: 'nnU-Net fails on None since 2.3',
          here: 'a weight of 1 for every level',
        });
      }
      if (count === undefined) refuseContext('levels', 'the number of predictions');
      if (factors !== null && count !== undefined && factors.length < count) {
        refuse('weight_factors', `at least ${count} numbers, one per level`);
      }
      if (strict && factors?.every((factor) => factor === 0)) {
        refuse('weight_factors', 'a number that is not 0', 'nnU-Net raises an error');
      }
      if (spec === undefined || count === undefined) return undefined;
      const weights = factors ?? levelWeights.same(count);
      return deepSupervision(spec, weights.slice(0, count), { targets: 'given' });
    },
  );
}
