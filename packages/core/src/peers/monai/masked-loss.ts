import type { LossSpec } from '../../spec/loss.js';
import { type Importer, importer } from '../peer-class.js';
import { masked } from './masked-dice.js';

/** MONAI `MaskedLoss`: another loss of `input * mask` and `target * mask`. */
export function monaiMasked(losses: readonly Importer[]): Importer {
  return importer(
    {
      library: 'monai',
      name: 'MaskedLoss',
      modules: ['monai.losses', 'monai.losses.spatial_mask'],
      formula: 'loss of prediction * mask and target * mask',
      source: 'monai/losses/spatial_mask.py',
      arguments: {
        loss: {
          kind: { type: 'loss' },
          use: 'honoured',
          note: 'the loss itself, of the same mask',
        },
      },
      blame: { voxels: 'loss' },
    },
    ({ loss }, situation): LossSpec | undefined => {
      const spec = situation.wrapped('loss', loss, losses);
      return spec && masked(spec, situation);
    },
  );
}
