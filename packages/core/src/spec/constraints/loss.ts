import { channelUse } from '../channel-use.js';
import type { CompleteSpec, CompleteTerm } from '../loss.js';
import { type Constraint, fine } from './constraint.js';
import { repeated } from './term.js';

const scalar = (term: CompleteTerm): boolean =>
  term.reduction !== 'none' && term.reduction !== 'class-mean';

const everyTerm = (
  spec: CompleteSpec,
  violation: (term: CompleteTerm) => Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    spec.terms.flatMap((term, at) =>
      Object.entries(violation(term)).map(([path, value]) => [`terms[${at}].${path}`, value]),
    ),
  );

/** Rules across a whole loss. */
export const lossConstraints: readonly Constraint<CompleteSpec>[] = [
  {
    number: 'C11',
    rule: 'a scalar from each of several terms',
    fix: "use reduction 'mean' or 'sum' in each term",
    violations: (spec) =>
      spec.terms.length === 1
        ? fine
        : everyTerm(spec, (term) => (scalar(term) ? fine : { reduction: term.reduction })),
  },
  {
    number: 'C12',
    rule: 'scale + offset <= 1',
    fix: 'the rescaled target must stay in [0, 1]',
    violations: ({ rescale }) => (rescale.scale + rescale.offset <= 1 + 1e-12 ? fine : { rescale }),
  },
  {
    number: 'C13',
    rule: "a 'binary' target with sigmoid or none, and all classes",
    fix: 'a binary target has one channel, of which softmax is 1 everywhere',
    violations: (spec) =>
      spec.target.kind !== 'binary'
        ? fine
        : everyTerm(spec, (term) => {
            const { activation } = term;
            const { classes } = channelUse(term);
            return {
              ...(activation === 'softmax' ? { activation } : {}),
              ...(classes.kind === 'all' ? {} : { classes: classes.kind }),
            };
          }),
  },
  {
    number: 'C14',
    rule: "voxels 'target-mass' with a one-hot or soft target",
    fix: "with other targets the mass does not say which voxels count: use 'mask' or an ignore label",
    violations: ({ voxels, target }) =>
      voxels.kind === 'target-mass' && target.kind !== 'one-hot' && target.kind !== 'soft'
        ? { voxels: voxels.kind }
        : fine,
  },
  {
    number: 'C42',
    rule: "voxels 'masked-inputs' without an ignore label in the target",
    fix: "with both it is not clear what an ignored voxel becomes: use voxels 'mask', or clear the label",
    violations: ({ voxels, target }) =>
      voxels.kind === 'masked-inputs' && 'ignore' in target && target.ignore !== undefined
        ? { voxels: voxels.kind }
        : fine,
  },
  {
    number: 'C15',
    rule: "regions that merge the target only with a 'labels' target, others with exclusive classes and one weight per voxel",
    fix: "a multilabel target has its regions as channels already; a 'channel-mask' has no meaning for a union",
    violations: (spec) =>
      everyTerm(spec, (term) => {
        const { classes } = channelUse(term);
        if (classes.kind !== 'regions') return fine;
        if (classes.merge === 'target') {
          return spec.target.kind === 'labels' ? fine : { 'classes.merge': classes.merge };
        }
        const bad = spec.target.kind === 'multilabel' || spec.voxels.kind === 'channel-mask';
        return bad ? { classes: classes.kind } : fine;
      }),
  },
  {
    number: 'C50',
    rule: 'the same regions in every term, where one merges the target only',
    fix: 'a channel of the network stands for one region of labels, in every term',
    violations: (spec) => {
      const used = spec.terms.map((term) => channelUse(term).classes);
      const regions = used.find(
        (classes) => classes.kind === 'regions' && classes.merge === 'target',
      );
      if (regions === undefined) return fine;
      const wanted = JSON.stringify(regions);
      return everyTerm(spec, (term) => {
        const { classes } = channelUse(term);
        return JSON.stringify(classes) === wanted ? fine : { classes: classes.kind };
      });
    },
  },
  {
    number: 'C16',
    rule: 'a name per term, all different',
    fix: 'rename one of them',
    violations: (spec) => {
      const names = spec.terms.flatMap((term) => (term.name === undefined ? [] : [term.name]));
      return repeated(names) ? { terms: names } : fine;
    },
  },
  {
    number: 'C23',
    rule: "a cross-entropy with a 'binary' target has distribution 'bernoulli'",
    fix: 'with one channel a categorical cross-entropy is least at p = 1 everywhere',
    violations: (spec) =>
      spec.target.kind !== 'binary'
        ? fine
        : everyTerm(spec, (term) =>
            term.kind === 'cross-entropy' &&
            term.distribution === 'categorical' &&
            term.activation === 'none'
              ? { distribution: term.distribution }
              : fine,
          ),
  },
  {
    number: 'C37',
    rule: "no Wasserstein Dice with a 'binary' target",
    fix: "give the network a channel for class 0 too, and target 'labels'",
    violations: (spec) =>
      spec.target.kind !== 'binary'
        ? fine
        : everyTerm(spec, ({ kind }) => (kind === 'wasserstein' ? { kind } : fine)),
  },
  {
    number: 'C24',
    rule: "average 'class-weighted' of a smoothed or shifted target only with a 'labels' target, one weight per voxel, all classes and class weights of at least 1e-4",
    fix: 'where the sum of w v t is 0, the cross-entropy of a smoothed target is not',
    violations: (spec) =>
      everyTerm(spec, (term) => {
        if (term.kind !== 'cross-entropy' || term.average !== 'class-weighted') return fine;
        if (term.labelSmoothing === 0 && spec.rescale.offset === 0) return fine;
        const { classes, weights } = term;
        const heavy = weights.kind !== 'given' || weights.values.every((value) => value >= 1e-4);
        const voxelwise = spec.target.kind === 'labels' && spec.voxels.kind !== 'channel-mask';
        return voxelwise && classes.kind === 'all' && heavy ? fine : { average: term.average };
      }),
  },
];
