import type { Builder } from '../expression/builder.js';
import type { Node } from '../expression/node.js';
import type { Plan, PlanTermOf } from '../plan/plan.js';
import { reduced } from './reduction.js';
import { scoredVoxels } from './scored-voxels.js';
import type { TermRule } from './term.js';
import { rescaled } from './voxels.js';

type Term = PlanTermOf<'sensitivity-specificity'>;

/**
 * Sensitivity-specificity: with u = 1 - t, `Et = sum w (p - t)^2 t`, `T = sum w t`,
 * `Eu = sum w (p - t)^2 u`, `U = sum w u`, the loss of a cell is
 * `r Et / (T + s) + (1 - r) Eu / (U + s)`, the score 1 minus it.
 *
 * Source: Brosch et al. 2015, MICCAI, doi:10.1007/978-3-319-24574-4_1; SegLossOdyssey `SSLoss` for s.
 */
export const sensitivitySpecificity: TermRule<'sensitivity-specificity'> = {
  additive: () => 'voxels',
  statistics: (b, plan, term, inputs) => {
    const { p, mass, sum } = scoredVoxels(b, plan, term, inputs);
    const t = rescaled(b, mass, plan.rescale);
    const u = complement(b, plan, term, mass);
    const difference = b.sub(p, t);
    // No power: its base must not be negative on every backend.
    const error = b.mul(difference, difference);
    return { Et: sum(b.mul(error, t)), T: sum(t), Eu: sum(b.mul(error, u)), U: sum(u) };
  },
  head: (b, term, statistic) => {
    const { per, sensitivityRatio, smoothing, reduction } = term;
    const merges = per === 'merged-image' || per === 'everything';
    const merged = (symbol: string): Node =>
      merges ? b.sum(statistic(symbol), ['class']) : statistic(symbol);
    const mean = (errors: string, volume: string): Node =>
      b.div(merged(errors), b.add(merged(volume), b.real(smoothing)));
    const cells = b.add(
      b.mul(b.real(sensitivityRatio), mean('Et', 'T')),
      b.mul(b.real(1 - sensitivityRatio), mean('Eu', 'U')),
    );
    const scores = b.sub(b.real(1), cells);
    return { loss: reduced(b, { cells, like: scores, reduction }), scores };
  },
};

/** u = 1 - t, from the mass: 1 - t would keep the rounding of a t near 1. */
function complement(b: Builder, { target, rescale }: Plan, { classes }: Term, mass: Node): Node {
  const { scale, offset } = rescale;
  const u = b.sub(b.real(1 - offset), b.mul(b.real(scale), mass));
  // The shares of merged channels sum to more than 1 by rounding: a negative U could meet s.
  return target.kind === 'soft' && classes.kind === 'regions' ? b.max(u, b.real(0)) : u;
}
