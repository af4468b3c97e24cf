import type { TermOf } from '../loss.js';
import { type Constraint, fine } from './constraint.js';
import { listedClasses } from './term.js';

/** Rules within one cross-entropy term. */
export const crossEntropyConstraints: readonly Constraint<TermOf<'cross-entropy'>>[] = [
  {
    number: 'C18',
    rule: "softmax with distribution 'categorical', sigmoid with 'bernoulli'",
    fix: 'sigmoids do not share a voxel between the classes, a softmax does',
    violations: ({ activation, distribution }) => {
      const wanted = { softmax: 'categorical', sigmoid: 'bernoulli', none: distribution };
      return distribution === wanted[activation] ? fine : { distribution };
    },
  },
  {
    number: 'C19',
    rule: 'as many weights of a cross-entropy as scored classes, not all 0',
    fix: 'give one weight per scored class',
    violations: (term) => {
      const { weights } = term;
      if (weights.kind === 'none') return fine;
      const classes = listedClasses(term) ?? weights.values.length;
      const holds =
        weights.values.length === classes && weights.values.some((value) => value !== 0);
      return holds ? fine : { 'weights.values': weights.values };
    },
  },
  {
    number: 'C20',
    rule: 'a focus of 0, or of at least 1',
    fix: 'the gradient of (1 - p)^focus is infinite at p = 1 with an exponent below 1',
    violations: ({ focus }) => (focus === 0 || focus >= 1 ? fine : { focus }),
  },
  {
    number: 'C21',
    rule: "labelSmoothing only with distribution 'categorical', positive only with 'bernoulli'",
    fix: 'rescale the target of the loss instead, or give weights',
    violations: ({ distribution, labelSmoothing, positive }) => {
      if (distribution === 'bernoulli') return labelSmoothing === 0 ? fine : { labelSmoothing };
      return positive === 1 ? fine : { positive };
    },
  },
  {
    number: 'C22',
    rule: "average 'class-weighted' only with distribution 'categorical'",
    fix: "use average 'valid'",
    violations: ({ distribution, average }) =>
      average === 'class-weighted' && distribution === 'bernoulli' ? { average } : fine,
  },
];
