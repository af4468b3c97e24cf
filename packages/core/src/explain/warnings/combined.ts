import type { PlanTerm } from '../../plan/plan.js';
import type { Finding, WarningRule } from './rule.js';

const otherActivation = (own: string, other: string): Finding => ({
  severity: 'low',
  reason: `The term takes ${own} of the logits of which another takes ${other}: a number added to all logits of a voxel changes one of them alone, so that they train different probabilities.`,
  fix: 'use the same activation in all terms',
});

const logitsAndProbabilities = (activation: string): Finding => ({
  severity: 'high',
  reason: `The term takes the prediction as p and another takes ${activation} of it: it cannot be both probabilities and logits.`,
  fix: `use activation '${activation}' here too, or 'none' in all terms`,
});

const growing: Finding = {
  severity: 'low',
  reason:
    'The term is a sum over samples or voxels and another is a mean: its share of the loss grows with the size of the batch or the images.',
  fix: 'use means in all terms',
};

/** Warnings about terms beside each other. */
export const combinedRules: readonly WarningRule<PlanTerm>[] = [
  {
    number: 'W25',
    find: ({ terms }, term) => {
      if (term.activation === 'none') {
        const other = terms.find(({ activation }) => activation !== 'none');
        return other === undefined ? undefined : logitsAndProbabilities(other.activation);
      }
      // Of two that differ the later one is named.
      const [first] = terms.filter(({ activation }) => activation !== 'none');
      return first === undefined || first.activation === term.activation
        ? undefined
        : otherActivation(term.activation, first.activation);
    },
  },
  {
    number: 'W29',
    find: ({ terms }, term) => (sums(term) && !terms.every(sums) ? growing : undefined),
  },
];

/** Whether a term grows with the batch or the image. */
function sums(term: PlanTerm): boolean {
  const whole = term.kind === 'cross-entropy' && term.average === 'nothing';
  return whole || term.reduction === 'sum';
}
