import { wassersteinDice } from '@softdice/core';
import { type Arguments, argumentsOf } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import type { NotOurs, PeerBuilder, PeerLoss } from './peer-loss.js';

/** The spacing of float64 at 1. */
const spacing = 2 ** -52;

/** The arguments that both peers have; the distances are divided by the largest of them. */
function wasserstein(
  golden: GoldenCase,
  more: readonly string[],
  smoothing: (args: Arguments) => readonly [number, number],
): PeerLoss {
  const args = argumentsOf(golden, ['dist_matrix', 'weighting_mode', 'reduction', ...more]);
  const [numerator, denominator] = smoothing(args);
  const distances = args.matrix('dist_matrix');
  if (distances === undefined) throw new TypeError(`${golden.id} has no dist_matrix`);
  const spec = wassersteinDice({
    target: golden.target.kind === 'sparse' ? 'labels' : 'one-hot',
    distances,
    weighting: weightingOf(args.word('weighting_mode') ?? 'default'),
    smoothing: { numerator, denominator, floor: 0 },
    reduction: reductionOf(args.word('reduction') ?? 'mean'),
  });
  return { spec, prediction: golden.input, target: golden.target };
}

/**
 * GWDL: softmax, labels, a score per sample; `default` and `GDL` are the two weightings.
 *
 * Source: LucasFidon/GeneralizedWassersteinDiceLoss 4aa35ab, generalized_wasserstein_dice_loss/loss.py.
 */
export const gwdl: PeerBuilder = (golden) => wasserstein(golden, [], () => [spacing, spacing]);

/**
 * MONAI `GeneralizedWassersteinDiceLoss`: the same with smoothing of one's own.
 *
 * Source: MONAI 1.5.0, monai/losses/dice.py, which multiplies weights of shape (B, 1, S) with
 * distances of shape (B, S), so that each sample gets the true positives of all.
 */
export const monaiWasserstein: PeerBuilder = (golden): PeerLoss | NotOurs => {
  if ((golden.input.shape[0] ?? 1) > 1) {
    return { notOurs: 'MONAI mixes the true positives of the samples of a batch' };
  }
  return wasserstein(golden, ['smooth_nr', 'smooth_dr'], ({ number }) => [
    number('smooth_nr') ?? 1e-5,
    number('smooth_dr') ?? 1e-5,
  ]);
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
