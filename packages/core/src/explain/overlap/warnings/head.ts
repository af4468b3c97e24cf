import { shortest } from '../../formula/written.js';
import type { Finding, WarningRule } from '../../warnings/rule.js';
import type { OverlapTerm } from '../shape.js';

const steep = (exponent: number, floor: number): Finding => ({
  severity: 'low',
  reason: `The exponent ${shortest(exponent)} makes the gradient up to ${shortest(Number((exponent * floor ** (exponent - 1)).toPrecision(2)))} times larger as the loss nears 0, and 0 below the floor ${shortest(floor)}.`,
  fix: 'use an exponent of 1 or more, or a larger power floor',
});

const threshold = (kind: string, mass: number): Finding => ({
  severity: mass >= 1 ? 'high' : 'low',
  reason: `A class of mass ${shortest(mass)} or less counts as absent${kind === 'skip' ? ' and is left out' : ' and its loss is 0'}: structures that small have no gradient.`,
  fix: 'use threshold 0',
});

const level = (kind: string, value: number): Finding => ({
  severity: 'low',
  reason: `A class that no voxel has more than ${shortest(value)} of counts as absent${kind === 'skip' ? ' and is left out' : ' and its loss is 0'}, however large it is.`,
  fix: 'use level 0',
});

const negativeWeight: Finding = {
  severity: 'high',
  reason: 'The weight of the term is negative: training makes its overlap worse.',
  fix: 'use a weight above 0',
};

const free = (errors: string, everywhere: number): Finding => ({
  severity: 'high',
  reason: `False ${errors} cost nothing: the loss is least with p = ${everywhere} everywhere.`,
  fix: 'use it beside a term that counts them, or give both errors a weight above 0',
});

/** Warnings about what is done with the scores. */
export const headRules: readonly WarningRule<OverlapTerm>[] = [
  {
    number: 'W6',
    find: (_, { power: { cell, reduced, floor } }) =>
      Math.min(cell, reduced) < 1 ? steep(Math.min(cell, reduced), floor) : undefined,
  },
  {
    number: 'W7',
    find: (_, { absent }) =>
      absent.kind !== 'keep' && absent.threshold > 0
        ? threshold(absent.kind, absent.threshold)
        : undefined,
  },
  {
    number: 'W22',
    find: ({ target }, { absent }) =>
      target.kind === 'soft' && absent.kind !== 'keep' && absent.level > 0
        ? level(absent.kind, absent.level)
        : undefined,
  },
  {
    number: 'W11',
    find: (_, { weight }) => (weight < 0 ? negativeWeight : undefined),
  },
  {
    number: 'W30',
    find: (_, { index }) => {
      if (index.kind !== 'tversky') return undefined;
      if (index.alpha === 0) return free('positives', 1);
      return index.beta === 0 ? free('negatives', 0) : undefined;
    },
  },
];
