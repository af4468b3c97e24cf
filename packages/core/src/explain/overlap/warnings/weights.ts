import { largestVolumeWeight } from '../../../spec/constraints/volume.js';
import { shortest } from '../../formula/written.js';
import { normalisedAway } from '../../warnings/class-weights.js';
import type { Finding, WarningRule } from '../../warnings/rule.js';
import type { OverlapTerm } from '../shape.js';

const absentOutweighs = (times: number): Finding => ({
  severity: 'high',
  reason: `A class that the target does not contain weighs ${shortest(Number(times.toPrecision(2)))} times as much as one of mass 1: where one is absent, the others have next to no gradient.`,
  fix: "use absent 'largest' or 'zero' in the weights",
});

const cancelled: Finding = {
  severity: 'high',
  reason:
    'The weight of a class multiplies numerator and denominator of its own score: it cancels, but for what it does to the smoothing.',
  fix: "use on 'loss', or merge the classes with per 'merged-image'",
};

/** Warnings about weights of classes. */
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
  {
    number: 'W26',
    find: (_, { weights, per }) => {
      if (weights.kind === 'none') return undefined;
      const alone = per === 'image' || per === 'batch';
      if (alone && weights.on === 'both-sums') return cancelled;
      const equal = weights.kind === 'given' && new Set(weights.values).size === 1;
      return equal && weights.normalise !== 'none' ? normalisedAway : undefined;
    },
  },
];
