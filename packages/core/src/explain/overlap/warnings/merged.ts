import type { WarningRule } from '../../warnings/rule.js';
import type { OverlapTerm } from '../shape.js';

/** Warnings about classes that share a score. */
export const mergedRules: readonly WarningRule<OverlapTerm>[] = [
  {
    number: 'W28',
    find: ({ target }, { per, classes, weights, activation }) => {
      const merged = per === 'merged-image' || per === 'everything';
      const exclusive = target.kind === 'labels' || target.kind === 'one-hot';
      return merged &&
        exclusive &&
        classes.kind === 'all' &&
        weights.kind === 'none' &&
        activation === 'softmax'
        ? {
            severity: 'low',
            reason:
              'The sums of p and t over all classes are the number of voxels: the score follows the mean p of the true class, an accuracy in which a class counts by its voxels.',
            fix: "use per 'image' or 'batch', or classes 'foreground'",
          }
        : undefined;
    },
  },
];
