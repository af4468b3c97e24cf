import type { Plan } from '../../plan/plan.js';
import { factsOf } from '../terms.js';
import { perTerm } from './per-term.js';
import { type Minimiser, perfect } from './term-facts.js';

const masked =
  'depends on the masked voxels: they count, and whatever the prediction is there it is read as 0';

/** Describes where a loss is least. */
export function minimiserOf(plan: Plan): Minimiser {
  if (plan.voxels.kind === 'masked-inputs') return { hard: masked, soft: masked };
  const facts = plan.terms.map((term) => factsOf(term).minimiser(plan, term));
  const { scale, offset } = plan.rescale;
  const hard = stated(
    plan,
    facts.map((one) => one.hard),
    'in the limit of large logits where p is 0 or 1',
  );
  return {
    hard: scale === 1 && offset === 0 ? hard : 'see soft: the rescaled target is not 0 or 1',
    soft: stated(
      plan,
      facts.map((one) => one.soft),
      'in the limit of large logits where t is 0 or 1',
    ),
  };
}

/** Terms that are all least at p = t have a sum that is. */
function stated(plan: Plan, texts: readonly string[], limit: string): string {
  const text = perTerm(plan, texts);
  if (text !== perfect) return texts.length > 1 ? `of each term alone: ${text}` : text;
  const logits = plan.terms.some(({ activation }) => activation !== 'none');
  return logits ? `${text}, ${limit}` : text;
}
