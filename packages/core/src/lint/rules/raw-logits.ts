import type { Plan, PlanTerm } from '../../plan/plan.js';
import { consequence } from '../consequence.js';
import type { Consequence, Found } from '../finding.js';
import type { LintRule } from '../rule.js';
import { alone, half, worthOf } from '../scene.js';

/** Logits taken for probabilities. */
export const rawLogits: LintRule = {
  number: 'L2',
  title: 'logits taken for probabilities',
  find: ({ used, warnings, setting, custom }) => {
    const emits = setting.network ?? custom;
    if (emits !== undefined && emits !== 'logits') return [];
    return warnings
      .filter(({ number }) => number === 'W1')
      .flatMap(({ term: name, reason, fix }): readonly Found[] => {
        const term = used.terms.find((one) => one.name === name) ?? used.terms[0];
        if (term === undefined) return [];
        return [
          {
            warning: 'W1',
            ...(name === undefined ? {} : { term: name }),
            severity: emits === undefined ? 'check' : 'high',
            reason,
            consequence: measured(used, term),
            fix: emits === undefined ? `${fix}, or say what the network emits` : fix,
          },
        ];
      });
  },
};

function measured(plan: Plan, term: PlanTerm): Consequence {
  const own = alone(plan, term);
  const perfect = (emits: (p: number) => number): number =>
    worthOf(own, { ...half, p: half.target, emits }).loss;
  return consequence('4 voxels, 2 of them of the class, all predicted right', {
    'loss where the network emits 1 and 0': perfect((p) => p),
    'loss where it emits logits 5 and -5': perfect((p) => 10 * p - 5),
  });
}
