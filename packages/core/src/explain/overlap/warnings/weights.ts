import { largestVolumeWeight } from '../../../spec/constraints/volume.js';
import { shortest } from '../../formula/written.js';
import type { Finding, WarningRule } from '../../warnings/rule.js';
import type { OverlapTerm } from '../shape.js';

const absentOutweighs = (times: number): Finding => ({
  severity: 'high',
  reason: `A class that the target does not contain weighs ${shortest(Number(times.toPrecision(2)))} times as much as one of mass 1: where one is absent, the others have next to no gradient.`,
  fix: "use absent 'largest' or 'zero' in the weights",
});

/** Warnings about weights by volume. */
export const weightRules: readonly WarningRule<OverlapTerm>[] = [
  {
    number: 'W12',
    find: (_, { weights }) => {
      if (weights.kind !== 'volume') return undefined;
      const { absent } = weights;
      if (absent.kind === 'largest' || absent.kind === 'zero') return undefined;
      // 1 / (1 + e)^k and its like are close to 1 where the largest weight is not.
      const times = largestVolumeWeight(weights);
      return times >= 1e3 ? absentOutweighs(times) : undefined;
    },
  },
];
