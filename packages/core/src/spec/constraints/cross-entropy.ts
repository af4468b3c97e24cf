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
      if (weights.kind !== 'given') return fine;
      const classes = listedClasses(term) ?? weights.values.length;
      const holds =
        weights.values.length === classes && weights.values.some((value) => value !== 0);
      return holds ? fine : { 'weights.values': weights.values };
    },
  },
  {
    number: 'C20',
    rule: "a focus of 0, or of at least 1, or any with logarithm 'clipped' and a floor of at least 1e-9",
    fix: 'the gradient of (1 - p)^focus is infinite at p = 1 with an exponent below 1',
    violations: ({ focus, logarithm, floor }) =>
      focus === 0 || focus >= 1 || (logarithm.kind === 'clipped' && floor >= 1e-9)
        ? fine
        : { focus },
  },
  {
    number: 'C21',
    rule: "labelSmoothing only with distribution 'categorical', positive and negative only with 'bernoulli'",
    fix: 'rescale the target of the loss instead, or give weights',
    violations: ({ distribution, labelSmoothing, positive, negative }) => {
      if (distribution === 'bernoulli') return labelSmoothing === 0 ? fine : { labelSmoothing };
      return {
        ...(positive === 1 ? fine : { positive }),
        ...(negative === 1 ? fine : { negative }),
      };
    },
  },
  {
    number: 'C22',
    rule: "average 'class-weighted' only with distribution 'categorical'",
    fix: "use average 'valid'",
    violations: ({ distribution, average }) =>
      average === 'class-weighted' && distribution === 'bernoulli' ? { average } : fine,
  },
  {
    number: 'C49',
    rule: "regions of a cross-entropy with distribution 'bernoulli'",
    fix: 'regions share voxels, a softmax gives each voxel one class: use sigmoid',
    violations: ({ classes, distribution }) =>
      classes.kind === 'regions' && distribution === 'categorical' ? { distribution } : fine,
  },
  {
    number: 'C33',
    rule: 'a percentage of the hardest voxels in steps of 1e-4',
    fix: 'round it to four decimals: their number is counted in whole numbers',
    violations: ({ hardest }) => {
      const steps = Math.round(hardest * 1e4);
      const holds = steps >= 1 && Math.abs(hardest * 1e4 - steps) <= 1e-9 * steps;
      return holds ? fine : { hardest };
    },
  },
  {
    number: 'C34',
    rule: "average 'voxels' with the hardest voxels alone",
    fix: 'their sum is divided by how many they are, by which they are ranked and chosen',
    violations: ({ hardest, average }) =>
      hardest < 100 && average !== 'voxels' ? { average } : fine,
  },
  {
    number: 'C35',
    rule: "reduction 'class-sum' or 'mean' and no weights by frequency with the hardest voxels alone",
    fix: 'they are those of the whole batch, so that a cell may have none of them; give the weights',
    violations: ({ hardest, reduction, weights }) => {
      if (hardest === 100) return fine;
      const grid = reduction === 'sum' || reduction === 'none';
      return {
        ...(grid ? { reduction } : {}),
        ...(weights.kind === 'frequency' ? { weights: weights.kind } : {}),
      };
    },
  },
  {
    number: 'C44',
    rule: 'offset + scale of at most 1 in an affine logarithm',
    fix: 'the logarithm of more than 1 makes a negative loss',
    violations: ({ logarithm }) =>
      logarithm.kind === 'affine' && logarithm.offset + logarithm.scale > 1 + 1e-12
        ? { logarithm }
        : fine,
  },
  {
    number: 'C45',
    rule: "an exponent below 1 only with logarithm 'clipped' and a floor of at least 1e-6, or 'affine' and offset + scale of at most 1 - 1e-6",
    fix: 'the gradient of (-log p)^exponent is infinite at p = 1 with an exponent below 1',
    violations: ({ exponent, logarithm, floor }) => {
      if (exponent >= 1) return fine;
      const most = {
        floored: 1,
        clipped: 1 - floor,
        affine: logarithm.kind === 'affine' ? logarithm.offset + logarithm.scale : 1,
      }[logarithm.kind];
      return most <= 1 - 1e-6 + 1e-12 ? fine : { exponent };
    },
  },
  {
    number: 'C46',
    rule: 'positive and negative not both 0',
    fix: 'the loss would be 0 everywhere',
    violations: ({ positive, negative }) =>
      positive === 0 && negative === 0 ? { negative } : fine,
  },
];
