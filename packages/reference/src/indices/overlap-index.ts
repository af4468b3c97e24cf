import type { Dual } from '../numeric/dual.js';
import type { Rules, Variant } from '../rules.js';
import type { OverlapTerm } from '../terms/overlap-term.js';
import { dice } from './dice.js';
import { fBeta } from './f-beta.js';
import { jaccard } from './jaccard.js';
import { tversky } from './tversky.js';

/** Intersection and sums of one cell. */
export interface OverlapSums {
  /** The intersection as the numerator has it: weights on 'intersection' change it alone. */
  readonly overlap: Dual;
  /** The intersection as the denominator has it. */
  readonly I: Dual;
  readonly P: Dual;
  readonly T: Dual;
}

/** An index before smoothing and division. */
export interface Ratio {
  readonly numerator: Dual;
  readonly denominator: Dual;
}

/** An index: the ratio of a cell's sums. */
export type OverlapIndex = (sums: OverlapSums) => Ratio;

type Choice = OverlapTerm['index'];

const rules: Rules<Choice, OverlapIndex> = { dice, jaccard, tversky, 'f-beta': fBeta };

/** The index that a term or metric chose. */
export function indexOf<K extends Choice['kind']>(choice: Variant<Choice, K>): OverlapIndex {
  return rules[choice.kind](choice);
}
