import type { PlanTerm, PlanTermOf } from '../../plan/plan.js';
import { shortest } from '../formula/written.js';
import { normalisedAway } from '../warnings/class-weights.js';
import type { WarningRule } from '../warnings/rule.js';

/** Warnings about cross-entropies alone. */
export const entropyRules: readonly WarningRule<PlanTermOf<'cross-entropy'>>[] = [
  {
    number: 'W20',
    find: (_, { positive, negative }) =>
      positive === 0 || negative === 0
        ? {
            severity: 'high',
            reason: `Nothing draws p ${positive === 0 ? 'up where t is 1' : 'down where t is 0'}: the loss is least at p = ${positive === 0 ? 0 : 1} everywhere.`,
            fix: 'use it beside a term that does, or give the other part a factor above 0',
          }
        : undefined,
  },
  {
    number: 'W21',
    find: (_, { activation, logarithm, floor }) =>
      activation !== 'none' && logarithm.kind === 'clipped'
        ? {
            severity: 'low',
            reason: `A p below ${shortest(floor)} has no gradient: a voxel that is wholly wrong stays so, though its logits could tell.`,
            fix: "use logarithm 'floored', which takes the logarithm from the logits",
          }
        : undefined,
  },
  {
    number: 'W26',
    find: (_, { weights, average }) =>
      weights.kind === 'given' && average === 'class-weighted' && new Set(weights.values).size === 1
        ? normalisedAway
        : undefined,
  },
  {
    number: 'W27',
    find: ({ terms }, term) =>
      leavesOutBackground(term) && terms.every((other) => !scoresBackground(other))
        ? {
            severity: terms.length > 1 ? 'low' : 'high',
            reason:
              'A voxel of a class that is left out has no -t log p: this term loses nothing by predicting scored classes there.',
            fix: "use classes 'all'",
          }
        : undefined,
  },
];

function leavesOutBackground({ distribution, classes }: PlanTermOf<'cross-entropy'>): boolean {
  const listed = classes.kind === 'list' && !classes.channels.includes(0);
  return distribution === 'categorical' && (classes.kind === 'foreground' || listed);
}

/** Whether a cross-entropy, whatever it is of, has a loss at voxels of channel 0. */
function scoresBackground(term: PlanTerm): boolean {
  return term.kind === 'cross-entropy' && !leavesOutBackground(term);
}
