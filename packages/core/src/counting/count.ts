import type { Count, Counting } from './counting.js';
import { minimumCount } from './minimum.js';
import { noiseRobustCount } from './noise-robust.js';
import { powerCount } from './power.js';
import { productCount } from './product.js';
import { squaredErrorsCount } from './squared-errors.js';

const table: { readonly [K in Counting['kind']]: Count<K> } = {
  product: productCount,
  minimum: minimumCount,
  power: powerCount,
  'squared-errors': squaredErrorsCount,
  'noise-robust': noiseRobustCount,
};

/** The rule of any counting. */
export function countOf(counting: Counting): Count<Counting['kind']> {
  return table[counting.kind] as Count<Counting['kind']>;
}
