import type { CompleteLevels } from '../levels.js';
import { type Constraint, fine } from './constraint.js';

/** Rules across the levels of deep supervision. */
export const levelsConstraints: readonly Constraint<CompleteLevels>[] = [
  {
    number: 'C53',
    rule: 'one number from each level',
    fix: "use reduction 'mean' or 'sum': the grids of levels with other losses do not add",
    violations: ({ levels }) =>
      Object.fromEntries(
        levels.flatMap(({ loss }, level) =>
          loss.terms.flatMap(({ reduction }, term) =>
            reduction === 'none' || reduction === 'class-mean'
              ? [[`levels[${level}].loss.terms[${term}].reduction`, reduction]]
              : [],
          ),
        ),
      ),
  },
  {
    number: 'C54',
    rule: "target, voxels and rescale of the first level where targets are 'nearest'",
    fix: "all levels read one target and mask: use targets 'given' for others",
    violations: ({ targets, levels }) => {
      const [first] = levels;
      if (targets === 'given' || first === undefined) return fine;
      return Object.fromEntries(
        levels.flatMap(({ loss }, level) =>
          (['target', 'voxels', 'rescale'] as const).flatMap((key) =>
            JSON.stringify(loss[key]) === JSON.stringify(first.loss[key])
              ? []
              : [[`levels[${level}].loss.${key}`, loss[key]]],
          ),
        ),
      );
    },
  },
];
