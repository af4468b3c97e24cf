import type { Law } from './law.js';
import { algebraLaws } from './laws-algebra.js';
import { calculusLaws } from './laws-calculus.js';
import { entropyLaws } from './laws-entropy.js';
import { hardestLaws } from './laws-hardest.js';
import { mergingLaws } from './laws-merging.js';
import { symmetryLaws } from './laws-symmetry.js';
import { wassersteinLaws } from './laws-wasserstein.js';

export const laws: readonly Law[] = [
  ...algebraLaws,
  ...calculusLaws,
  ...entropyLaws,
  ...hardestLaws,
  ...wassersteinLaws,
  ...symmetryLaws,
  ...mergingLaws,
];
