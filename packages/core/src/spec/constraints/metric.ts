import type { CompleteMetric } from '../metric.js';
import { type Constraint, fine } from './constraint.js';
import { repeated } from './term.js';

const merged = ({ per }: CompleteMetric): boolean => per === 'merged-image' || per === 'everything';

const takesClassMean = ({ reduction }: CompleteMetric): boolean =>
  reduction === 'mean' || reduction === 'class-mean' || reduction === 'class-then-sample';

/** Rules across the fields of a hard score. */
export const metricConstraints: readonly Constraint<CompleteMetric>[] = [
  {
    number: 'M1',
    rule: 'a hard target',
    fix: 'threshold the soft target first',
    violations: ({ target }) => (target.kind === 'soft' ? { target: target.kind } : fine),
  },
  {
    number: 'M2',
    rule: "'both', or a 'labels' target",
    fix: 'give the regions of both',
    violations: ({ classes, target }) =>
      classes.kind === 'regions' && classes.merge === 'target' && target.kind !== 'labels'
        ? { 'classes.merge': classes.merge }
        : fine,
  },
  {
    number: 'M3',
    rule: "'threshold' and all classes with a binary target",
    fix: 'a binary target has one channel',
    violations: ({ target, decide, classes }) =>
      target.kind === 'binary' && (decide.kind !== 'threshold' || classes.kind !== 'all')
        ? { decide: decide.kind }
        : fine,
  },
  {
    number: 'M4',
    rule: "weights 'volume' where classes are merged, and others where they are not",
    fix: "per 'merged-image' and 'everything' have sums over the classes to weigh, the others scores",
    violations: (metric) => {
      const { kind } = metric.weights;
      return kind === 'none' || merged(metric) === (kind === 'volume') ? fine : { weights: kind };
    },
  },
  {
    number: 'M5',
    rule: "reductions by class or sample only per 'image'",
    fix: "use 'mean', or per 'image'",
    violations: ({ reduction, per }) =>
      per === 'image' || reduction === 'none' || reduction === 'mean' ? fine : { reduction },
  },
  {
    number: 'M6',
    rule: 'as many weights as scored classes, not all 0',
    fix: 'give one weight per scored class',
    violations: ({ weights, classes }) => {
      if (weights.kind !== 'given') return fine;
      const { values } = weights;
      const listed = {
        all: values.length,
        foreground: values.length,
        list: classes.kind === 'list' ? classes.channels.length : 0,
        regions: classes.kind === 'regions' ? classes.regions.length : 0,
      };
      return values.length === listed[classes.kind] && values.some((value) => value > 0)
        ? fine
        : { 'weights.values': values };
    },
  },
  {
    number: 'M7',
    rule: "weights in a mean only with reduction 'mean', 'class-mean' or 'class-then-sample'",
    fix: 'other reductions take no mean over the classes, or take it last',
    violations: (metric) => {
      const { weights } = metric;
      const inMean =
        weights.kind === 'support' ||
        (weights.kind === 'given' && weights.normalise === 'weighted-mean');
      return inMean && !takesClassMean(metric) ? { reduction: metric.reduction } : fine;
    },
  },
  {
    number: 'M8',
    rule: "voxels 'target-mass' with a one-hot target",
    fix: "with other targets the mass does not say which voxels count: use 'mask' or an ignore label",
    violations: ({ voxels, target }) =>
      voxels.kind === 'target-mass' && target.kind !== 'one-hot' ? { voxels: voxels.kind } : fine,
  },
  {
    number: 'M9',
    rule: 'each channel or label listed once',
    fix: 'remove the repetition',
    violations: ({ classes }) => {
      if (classes.kind === 'list' && repeated(classes.channels)) {
        return { 'classes.channels': classes.channels };
      }
      if (classes.kind !== 'regions') return fine;
      const bad = classes.regions.findIndex(repeated);
      return bad < 0 ? fine : { [`classes.regions[${bad}]`]: classes.regions[bad] };
    },
  },
  {
    number: 'M10',
    rule: "no 'channel-mask' with regions of both",
    fix: "it has no meaning for a union: use 'mask'",
    violations: ({ voxels, classes }) =>
      voxels.kind === 'channel-mask' && classes.kind === 'regions' && classes.merge === 'both'
        ? { voxels: voxels.kind }
        : fine,
  },
  {
    number: 'M11',
    rule: 'weights alpha and beta of 0 or at least 1e-3',
    fix: 'float32 cannot tell a denominator of less from 0: use 0',
    violations: ({ index }) => {
      const least = 1e-3;
      if (index.kind === 'f-beta') return index.beta < least ? { index } : fine;
      if (index.kind !== 'tversky') return fine;
      const tiny = [index.alpha, index.beta].some((weight) => weight > 0 && weight < least);
      return tiny ? { index } : fine;
    },
  },
];
