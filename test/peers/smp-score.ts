import { tversky } from '@softdice/core';
import type { Tensor } from '@softdice/reference';
import { argumentsOf } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import type { PeerBuilder } from './peer-loss.js';
import { perSummed } from './summed-axes.js';

/** The weights of false positives and false negatives. */
interface Errors {
  readonly alpha: number;
  readonly beta: number;
}

/**
 * segmentation_models.pytorch `soft_*_score`, averaged over what `dims` leaves: the score itself, as
 * minus the loss minus the score.
 *
 * Source: segmentation_models.pytorch 0.5.0 at 5006616, losses/_functional.py.
 */
function smpScore(own: Errors | 'given'): PeerBuilder {
  return (golden) => {
    const parameters = own === 'given' ? ['alpha', 'beta'] : [];
    const args = argumentsOf(golden, ['smooth', 'eps', 'dims', ...parameters]);
    const { alpha, beta } =
      own === 'given'
        ? { alpha: args.number('alpha') ?? Number.NaN, beta: args.number('beta') ?? Number.NaN }
        : own;
    const per = perSummed(golden.input.shape.length, args.numbers('dims'), 'channels-first');
    if (typeof per !== 'string') return per;
    const smooth = args.number('smooth') ?? 0;
    const floor = Math.max(args.number('eps') ?? 1e-7, 1e-12);
    const spec = tversky({
      target: kindOf(golden),
      per,
      alpha,
      beta,
      counting: 'minimum',
      smoothing: { numerator: smooth, denominator: smooth, floor },
      transform: 'negative',
      weight: -1,
    });
    return { spec, prediction: planes(golden.input), target: planes(golden.target) };
  };
}

export const smpDiceScore: PeerBuilder = smpScore({ alpha: 0.5, beta: 0.5 });
export const smpJaccardScore: PeerBuilder = smpScore({ alpha: 1, beta: 1 });
export const smpTverskyScore: PeerBuilder = smpScore('given');

const kindOf = ({ target }: GoldenCase): 'soft' | 'multilabel' =>
  target.kind === 'soft' ? 'soft' : 'multilabel';

/** A list of numbers as one sample of one channel, anything else as it is. */
function planes({ shape, data }: Tensor): Tensor {
  return { shape: shape.length === 1 ? [1, 1, ...shape] : shape, data };
}
