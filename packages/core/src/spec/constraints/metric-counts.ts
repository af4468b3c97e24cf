import type { Problem } from '../../schema/problem.js';
import type { CompleteMetric } from '../metric.js';
import { type Constraint, fine, problemsOf } from './constraint.js';
import { repeated } from './term.js';

const merged = ({ per }: CompleteMetric): boolean => per === 'merged-image' || per === 'everything';

const takesClassMean = ({ reduction }: CompleteMetric): boolean =>
  reduction === 'mean' || reduction === 'class-mean' || reduction === 'class-then-sample';

/** Rules across what a hard score makes of its counts. */
export const metricCountConstraints: readonly Constraint<CompleteMetric>[] = [
  {
    number: 'M4',
    rule: "weights 'volume' where classes are merged, and others where they are not",
    fix: 'merged classes have sums to weigh, others scores',
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
      const classCount =
        classes.kind === 'list'
          ? classes.channels.length
          : classes.kind === 'regions'
            ? classes.regions.length
            : values.length;
      return values.length === classCount && values.some((value) => value > 0)
        ? fine
        : { 'weights.values': values };
    },
  },
  {
    number: 'M7',
    rule: "weights in a mean only with reduction 'mean', 'class-mean' or 'class-then-sample'",
    fix: 'others take no mean over classes, or take it last',
    violations: (metric) => {
      const { weights } = metric;
      const inMean =
        weights.kind === 'support' ||
        (weights.kind === 'given' && weights.normalise === 'weighted-mean');
      return inMean && !takesClassMean(metric) ? { reduction: metric.reduction } : fine;
    },
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

/** Every violation of the rules about counts by a metric that is otherwise well-formed. */
export function countProblems(metric: CompleteMetric): readonly Problem[] {
  return metricCountConstraints.flatMap((rule) => problemsOf(rule, metric, 'metric.'));
}
