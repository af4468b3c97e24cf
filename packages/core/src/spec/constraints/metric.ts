import type { CompleteMetric } from '../metric.js';
import { type Constraint, fine } from './constraint.js';

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
];
