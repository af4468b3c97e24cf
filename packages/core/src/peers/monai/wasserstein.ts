import { wassersteinDice } from '../../presets/wasserstein.js';
import { type Importer, importer } from '../peer-class.js';
import type { Situation } from '../situation.js';
import { ratioArguments } from './overlap-arguments.js';
import { smoothingOf } from './overlap-choices.js';

const { reduction, smooth_nr, smooth_dr } = ratioArguments;

/**
 * MONAI `GeneralizedWassersteinDiceLoss`: softmax, labels, a score per sample.
 *
 * MONAI multiplies weights of shape (B, 1, S) with distances of shape (B, S), so that each sample gets
 * the true positives of all. Source: MONAI 1.5.0, monai/losses/dice.py.
 */
export const monaiWasserstein: Importer = importer(
  {
    library: 'monai',
    name: 'GeneralizedWassersteinDiceLoss',
    aliases: ['generalized_wasserstein_dice'],
    modules: ['monai.losses', 'monai.losses.dice'],
    formula: '1 - (2 A + smooth_nr) / (2 A + sum D + smooth_dr), A = sum of a (1 - W)',
    source: 'monai/losses/dice.py',
    arguments: {
      dist_matrix: {
        kind: { type: 'matrix', items: { type: 'number', minimum: 0 } },
        use: 'honoured',
        note: 'distances, divided by the largest: square, a row per channel, 0 on the diagonal',
      },
      weighting_mode: {
        kind: { type: 'word', words: ['default', 'GDL'] },
        default: 'default',
        use: 'honoured',
        note: "weighting 'foreground', or 'volume'",
      },
      reduction: {
        ...reduction,
        use: 'in part',
        note: "reduction; with 'none' MONAI fails to view [N] as [N, C, 1, 1], corrected gives [N]",
      },
      smooth_nr,
      smooth_dr,
    },
    blame: { distances: 'dist_matrix', smoothing: 'smooth_dr' },
  },
  (args, situation) => {
    const { channels, target, refuse, refuseContext } = situation;
    const distances = args.dist_matrix;
    if (distances.length !== channels || distances.some((row) => row.length !== channels)) {
      refuse('dist_matrix', `${channels} rows of ${channels} distances, as there are channels`);
      return undefined;
    }
    if (target !== undefined && target !== 'sparse') {
      refuseContext('target', "'sparse'", 'MONAI reads class indices');
    }
    mixedSamples(situation);
    if (args.reduction === 'none') {
      situation.odd('reduction', {
        expected: "'mean' | 'sum'",
        peer: "with 'none' MONAI views the losses of the samples as [N, C, 1, 1], which fails",
        here: 'the loss of each sample',
      });
    }
    return wassersteinDice({
      target: 'labels',
      distances,
      weighting: args.weighting_mode === 'GDL' ? 'volume' : 'foreground',
      smoothing: smoothingOf(args.smooth_nr, args.smooth_dr, situation),
      reduction: args.reduction,
    });
  },
);

/** MONAI is right for batches of one sample. */
function mixedSamples({ samples, exact, note, refuseContext }: Situation): void {
  if (samples === 1) return;
  const peer = 'MONAI adds the true positives of all samples of a batch to each of them';
  if (!exact) note(`${peer}. Corrected: a score per sample.`);
  else if (samples === undefined) note(`${peer}: this is its loss for batches of one sample`);
  else {
    const fix = `${peer}, which no spec says; fidelity 'corrected' takes a score per sample`;
    refuseContext('samples', '1', fix);
  }
}
