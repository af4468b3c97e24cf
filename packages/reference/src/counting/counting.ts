import type { Rules, Variant } from '../rules.js';
import type { OverlapTerm } from '../terms/overlap-term.js';
import { minimum } from './minimum.js';
import { noiseRobust } from './noise-robust.js';
import { power } from './power.js';
import { product } from './product.js';
import { squaredErrors } from './squared-errors.js';

/** What one voxel adds to a statistic, before its weight w. */
export interface VoxelMap {
  readonly value: (p: number, t: number) => number;
  /** Derivative by p. */
  readonly slope: (p: number, t: number) => number;
}

/** Which voxel sums are taken, and what intersection and sums are made of. */
export interface Counting {
  /** The statistics by symbol: `Σ w · value(p, t)` over the voxels. */
  readonly maps: Readonly<Record<string, VoxelMap>>;
  /** I, P and T: each the sum of the named statistics. */
  readonly sums: Readonly<Record<'I' | 'P' | 'T', readonly string[]>>;
}

type Choice = OverlapTerm['counting'];

const rules: Rules<Choice, Counting> = {
  product,
  minimum,
  power,
  'squared-errors': squaredErrors,
  'noise-robust': noiseRobust,
};

/** The counting that a term chose. */
export function countingOf<K extends Choice['kind']>(choice: Variant<Choice, K>): Counting {
  return rules[choice.kind](choice);
}
