import { channelUse } from '../channel-use.js';
import type { CompleteTerm } from '../loss.js';
import { type Constraint, fine } from './constraint.js';

/** Number of scored classes where the spec fixes it. */
export function listedClasses(term: CompleteTerm): number | undefined {
  const { classes } = channelUse(term);
  if (classes.kind === 'list') return classes.channels.length;
  return classes.kind === 'regions' ? classes.regions.length : undefined;
}

/** Whether a value is listed twice. */
export const repeated = (list: readonly (number | string)[]): boolean =>
  new Set(list).size !== list.length;

/** Rules within one term of any kind. */
export const termConstraints: readonly Constraint<CompleteTerm>[] = [
  {
    number: 'C2',
    rule: 'each channel or label listed once',
    fix: 'remove the repetition',
    violations: (term) => {
      const { classes } = channelUse(term);
      if (classes.kind === 'list' && repeated(classes.channels)) {
        return { 'classes.channels': classes.channels };
      }
      if (classes.kind !== 'regions') return fine;
      const bad = classes.regions.findIndex(repeated);
      return bad < 0 ? fine : { [`classes.regions[${bad}]`]: classes.regions[bad] };
    },
  },
  {
    number: 'C10',
    rule: 'merged regions of a probability distribution: softmax or none',
    fix: 'sums of sigmoids can exceed 1: merge the target only, with one channel per region',
    violations: (term) => {
      const { classes } = channelUse(term);
      const merged = classes.kind === 'regions' && classes.merge === 'both';
      return merged && term.activation === 'sigmoid' ? { activation: term.activation } : fine;
    },
  },
];
