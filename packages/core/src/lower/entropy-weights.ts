import type { Builder } from '../expression/builder.js';
import type { Node } from '../expression/node.js';
import type { PlanTermOf } from '../plan/plan.js';

/**
 * v: the weight of each class, on [class] where there are any.
 *
 * frequency: `1 / (f + e)^k` with `f = sum M / sum W` over the samples.
 * Source: Wong et al. 2018, arXiv:1809.00076, equation 4; PyMIC `ExpLogLoss`.
 */
export function entropyWeights(
  b: Builder,
  { weights }: PlanTermOf<'cross-entropy'>,
  statistic: (symbol: string) => Node,
): Node {
  switch (weights.kind) {
    case 'none':
      return b.real(1);
    case 'given':
      return b.vector(weights.values);
    case 'frequency': {
      const pooled = (symbol: string): Node => b.sum(statistic(symbol), ['sample']);
      const frequency = b.div(pooled('M'), b.max(pooled('W'), b.real(1e-30)));
      return b.div(b.real(1), b.pow(b.add(frequency, b.real(weights.epsilon)), weights.power));
    }
  }
}
