import { consequence } from '../consequence.js';
import { type LintRule, ruleOf } from '../rule.js';
import { bare, half, worthOf } from '../scene.js';

/** Classes whose distance is 0. */
export const distanceZero: LintRule = ruleOf({
  number: 'L21',
  warning: 'W17',
  title: 'distance 0 between classes',
  measure: (plan, term) => {
    const rows = term.kind === 'wasserstein' ? term.distances : [];
    const pairs = rows.flatMap((row, of) =>
      row.flatMap((distance, to) => (distance === 0 && of !== to ? [{ of, to }] : [])),
    );
    const [pair = { of: 0, to: 0 }] = pairs;
    const loss = (predicted: number): number =>
      worthOf(
        { ...bare(plan, term), target: { kind: 'one-hot' } },
        {
          ...half,
          p: () => 0,
          planes: (channel) => Number(channel === pair.of),
          emitted: (channel) => Number(channel === predicted),
        },
      ).loss;
    return consequence(`4 voxels of class ${pair.of}`, {
      [`loss where class ${pair.to} is predicted`]: loss(pair.to),
      [`loss where class ${pair.of} is predicted`]: loss(pair.of),
    });
  },
});
