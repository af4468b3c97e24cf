import type { TermFacts } from '../facts/term-facts.js';
import { gradient } from './gradient.js';
import { lossRange } from './loss-range.js';
import { minimiser } from './minimiser.js';
import { relations } from './relations.js';
import type { OverlapTerm } from './shape.js';
import { sources } from './sources.js';
import { countingRules } from './warnings/counting.js';
import { headRules } from './warnings/head.js';
import { mergedRules } from './warnings/merged.js';
import { smoothingRules } from './warnings/smoothing.js';
import { weightRules } from './warnings/weights.js';

/** What an overlap knows about itself. */
export const overlapFacts: TermFacts<OverlapTerm> = {
  range: lossRange,
  gradient,
  minimiser,
  relations,
  sources,
  warnings: [...smoothingRules, ...countingRules, ...headRules, ...mergedRules, ...weightRules],
};
