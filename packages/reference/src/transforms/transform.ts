import type { Dual } from '../numeric/dual.js';
import type { Rules, Variant } from '../rules.js';
import type { OverlapTerm } from '../terms/overlap-term.js';
import { complement } from './complement.js';
import { log } from './log.js';
import { logCosh } from './log-cosh.js';
import { negative } from './negative.js';
import { penalty } from './penalty.js';
import { powerComplement } from './power-complement.js';

/** How a score becomes a loss. */
export type Transform = (score: Dual) => Dual;

type Choice = OverlapTerm['transform'];

const rules: Rules<Choice, Transform> = {
  complement,
  negative,
  log,
  'log-cosh': logCosh,
  'power-complement': powerComplement,
  penalty,
};

/** The transform that a term chose. */
export function transformOf<K extends Choice['kind']>(choice: Variant<Choice, K>): Transform {
  return rules[choice.kind](choice);
}
