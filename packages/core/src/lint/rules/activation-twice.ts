import { consequence } from '../consequence.js';
import type { Found } from '../finding.js';
import type { LintRule } from '../rule.js';
import { alone, half, worthOf } from '../scene.js';

/** An activation of what has one already. */
export const activationTwice: LintRule = {
  number: 'L3',
  title: 'activation applied twice',
  find: ({ plan, setting: { network } }) => {
    if (network === undefined || network === 'logits') return [];
    return plan.terms
      .filter(({ activation }) => activation !== 'none')
      .map((term): Found => {
        const own = alone(plan, term);
        const perfect = (emits?: (p: number) => number): number =>
          worthOf(own, {
            ...half,
            p: half.target,
            ...(emits === undefined ? {} : { emits }),
          }).loss;
        return {
          ...(plan.terms.length > 1 ? { term: term.name } : {}),
          severity: 'high',
          reason: `The network ends in ${network} and the loss takes ${term.activation} of that again: p stays near the middle, so that a perfect prediction has a loss and little gradient.`,
          consequence: consequence('4 voxels, 2 of them of the class, all predicted right', {
            'loss where the network emits probabilities 1 and 0': perfect((p) => p),
            'loss where it emits logits': perfect(),
          }),
          fix: "use activation 'none', or let the network emit logits",
        };
      });
  },
};
