import type fc from 'fast-check';
import type { Case } from '../arbitraries/batch.js';
import type { Disagreement } from './compare.js';
import type { Target } from './target.js';

/** Something that holds for every loss, on every backend. */
export interface Law {
  readonly name: string;
  readonly cases: fc.Arbitrary<Case>;
  /** Disagreements of the two sides, in derived bounds; `choice` seeds what else is drawn. */
  readonly check: (target: Target, drawn: Case, choice: number) => Promise<readonly Disagreement[]>;
}
