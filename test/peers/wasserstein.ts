import { wassersteinDice } from '@softdice/core';
import { argumentsOf } from './arguments.js';
import type { PeerBuilder } from './peer-loss.js';

/** The spacing of float64 at 1. */
const spacing = 2 ** -52;

/**
 * GWDL: softmax, labels, a score per sample; `default` and `GDL` are the two weightings; the distances
 * are divided by the largest of them.
 *
 * Source: LucasFidon/GeneralizedWassersteinDiceLoss 4aa35ab, generalized_wasserstein_dice_loss/loss.py.
 */
export const gwdl: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['dist_matrix', 'weighting_mode', 'reduction']);
  const distances = args.matrix('dist_matrix');
  if (distances === undefined) throw new TypeError(`${golden.id} has no dist_matrix`);
  const spec = wassersteinDice({
    target: golden.target.kind === 'sparse' ? 'labels' : 'one-hot',
    distances,
    weighting: weightingOf(args.word('weighting_mode') ?? 'default'),
    smoothing: { numerator: spacing, denominator: spacing, floor: 0 },
    reduction: reductionOf(args.word('reduction') ?? 'mean'),
  });
  return { spec, prediction: golden.input, target: golden.target };
};

function weightingOf(word: string): 'foreground' | 'volume' {
  if (word === 'default') return 'foreground';
  if (word === 'GDL') return 'volume';
  throw new TypeError(`no weighting_mode ${word}`);
}

function reductionOf(word: string): 'mean' | 'sum' | 'none' {
  if (word === 'mean' || word === 'sum' || word === 'none') return word;
  throw new TypeError(`no reduction ${word}`);
}
