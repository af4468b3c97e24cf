import type { Plan } from '../../plan/plan.js';
import { factsOf } from '../terms.js';
import { perTerm } from './per-term.js';
import type { GradientFacts } from './term-facts.js';

/** Describes the gradient of a loss. */
export function gradientOf(plan: Plan): GradientFacts {
  const facts = plan.terms.map((term) => factsOf(term).gradient(plan, term));
  const about = (key: keyof GradientFacts): string =>
    perTerm(
      plan,
      facts.map((one) => one[key]),
    );
  return {
    inside: about('inside'),
    outside: about('outside'),
    where: `${about('where')}${plan.voxels.kind === 'masked-inputs' ? '; 0 at masked voxels' : ''}`,
    cell: about('cell'),
    prediction: about('prediction'),
  };
}
