import { compensatedSum } from '../numeric/compensated-sum.js';
import type { Float64Tensor } from '../tensor.js';
import type { CrossEntropyTerm } from './cross-entropy-term.js';

/**
 * The weight of each class; by frequency `(f_c + e)^-k` with `f_c` the mean of t over all voxels of the
 * batch that count. Nothing is differentiated.
 *
 * Source: PyMIC `ExpLogLoss`: `wc = mean(soft_y); wc = 1.0 / (wc + 0.1); wc = pow(wc, 0.5)`.
 */
export function entropyWeights(
  { weights }: CrossEntropyTerm,
  statistics: Readonly<Record<string, Float64Tensor>>,
  classes: number,
): readonly number[] {
  switch (weights.kind) {
    case 'none':
      return Array<number>(classes).fill(1);
    case 'given':
      return weights.values;
    case 'frequency': {
      const pooled = (symbol: string, column: number): number => {
        const data = statistics[symbol]?.data ?? new Float64Array();
        const samples = data.length / classes;
        return compensatedSum(samples, (sample) => data[sample * classes + column] ?? 0);
      };
      return Array.from({ length: classes }, (_, column) => {
        const share = pooled('M', column) / Math.max(pooled('W', column), 1e-30);
        return (share + weights.epsilon) ** -weights.power;
      });
    }
  }
}
