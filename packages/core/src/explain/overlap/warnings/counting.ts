import { shortest } from '../../formula/written.js';
import type { Finding, WarningRule } from '../../warnings/rule.js';
import { cheapest, largestRatio } from '../score-range.js';
import { type OverlapTerm, shapeOf } from '../shape.js';

const notLeastAtTarget = (counting: string, severity: Finding['severity']): Finding => ({
  severity,
  reason: `For target values between 0 and 1 the loss with counting '${counting}' is not least at p = t${counting === 'product' ? ': p is pushed to 0 or 1' : ''}.`,
  fix: "use counting 'minimum'",
});

const leastBelowOne = (p: number): Finding => ({
  severity: 'high',
  reason: `With these powers the loss is least near p = ${shortest(Number(p.toPrecision(3)))} inside a hard target, not at 1.`,
  fix: "use counting 'product', or power 2 with errors weighted equally",
});

const raisesOutside = (exponent: number): Finding => ({
  severity: 'low',
  reason: `Outside the target p is raised, not lowered, while ${shortest(exponent)} p^${shortest(Number((exponent - 1).toFixed(12)))} is below 1 - s with Dice: where scores are low, small false positives grow.`,
  fix: "use exponent 1 or counting 'minimum' until scores are high, or a smaller exponent",
});

/** Warnings about how voxels are counted. */
export const countingRules: readonly WarningRule<OverlapTerm>[] = [
  {
    number: 'W5',
    find: (plan, term) => {
      const { scale, offset } = plan.rescale;
      const soft = plan.target.kind === 'soft';
      if ((!soft && scale === 1 && offset === 0) || isLeastAtSoft(term)) return undefined;
      return notLeastAtTarget(term.counting.kind, soft ? 'high' : 'low');
    },
  },
  {
    number: 'W9',
    find: (_, term) => {
      const { index, counting } = term;
      if (counting.kind !== 'power' || largestRatio(term, true) <= 1 + 1e-12) return undefined;
      const { predicted, targeted } = shapeOf(index);
      return leastBelowOne(cheapest(predicted, targeted, counting.exponent));
    },
  },
  {
    number: 'W18',
    find: (_, { counting }) =>
      counting.kind === 'noise-robust' && counting.exponent > 1
        ? raisesOutside(counting.exponent)
        : undefined,
  },
];

function isLeastAtSoft({ counting, index }: OverlapTerm): boolean {
  const { predicted, targeted } = shapeOf(index);
  const square = counting.kind === 'power' && counting.exponent === 2;
  return (
    counting.kind === 'minimum' ||
    counting.kind === 'noise-robust' ||
    (square && predicted === targeted)
  );
}
