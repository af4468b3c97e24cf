import { compensatedSum } from '../numeric/compensated-sum.js';
import type { CrossEntropyTerm } from './cross-entropy-term.js';

/** Calls back with every voxel of the batch, scored class and weighted cross-entropy. */
type EachEntropy = (visit: (voxel: number, column: number, entropy: number) => void) => void;

/** The voxels of a batch that count. */
export interface Selection {
  readonly size: number;
  /** 1 for a voxel that counts, 0 for another; what is left of the size is shared by equal ones. */
  readonly share: (voxel: number) => number;
}

/**
 * The hardest voxels: 1 for the k with the largest `Σ_c v_c l_c`, 0 for the others;
 * equal ones share the places that are left for them. `k = max(1, ⌊N percent / 100⌋)`.
 *
 * Source: nnU-Net `TopKLoss`: `topk(loss.view(-1), int(N k / 100)).mean()`, ignored voxels with loss 0
 * among the N. Torch takes some of equal voxels; their shares are the mean of all its choices.
 */
export function selectionOf(
  { hardest, weights }: CrossEntropyTerm,
  voxels: number,
  each: EachEntropy,
): Selection {
  if (hardest === 100) return { size: voxels, share: () => 1 };
  const parts: number[][] = [];
  each((voxel, column, entropy) => {
    const v = weights.kind === 'given' ? (weights.values[column] ?? 0) : 1;
    const own = parts[voxel] ?? [];
    own.push(v * entropy);
    parts[voxel] = own;
  });
  const entropies = parts.map((own) => compensatedSum(own.length, (at) => own[at] ?? 0));
  const ranking = Float64Array.from(entropies).sort().reverse();
  const k = count(voxels, hardest);
  const last = ranking[k - 1] ?? Number.NaN;
  const before = ranking.indexOf(last);
  const shared = (k - before) / (ranking.lastIndexOf(last) + 1 - before);
  const share = (voxel: number): number => {
    const entropy = entropies[voxel] ?? 0;
    return entropy > last ? 1 : entropy === last ? shared : 0;
  };
  return { size: k, share };
}

/** In whole numbers: four decimals of a percentage are millionths. */
function count(voxels: number, percent: number): number {
  const millionths = BigInt(Math.round(percent * 1e4));
  return Math.max(1, Number((BigInt(voxels) * millionths) / 1_000_000n));
}
