import { parse } from '../schema/parse.js';
import { type Problem, SpecError } from '../schema/problem.js';
import type { Complete, Input } from '../schema/schema.js';
import { classesSchema } from './classes.js';
import { metricProblems } from './constraints/metric.js';
import { perSchema } from './head.js';
import { metricWeightsSchema } from './metric-weights.js';
import { indexSchema } from './overlap.js';
import { deepFreeze } from './parse-spec.js';
import { countedVoxelsSchema, targetSchema } from './target.js';

/** A hard score: decided labels are counted, nothing is differentiated. */
export const metricSchema = {
  type: 'record',
  doc: 'A hard score of decided labels.',
  fields: {
    format: { type: 'integer', doc: 'Version of this format.', minimum: 1, maximum: 1, default: 1 },
    target: targetSchema as typeof targetSchema,
    voxels: countedVoxelsSchema as typeof countedVoxelsSchema,
    decide: {
      type: 'tagged',
      doc: 'What turns the prediction into labels.',
      default: 'argmax',
      variants: {
        argmax: { doc: 'The channel with the largest value, the first of equal ones.', fields: {} },
        threshold: {
          doc: 'Every channel whose value is above the threshold.',
          fields: { threshold: { type: 'number', doc: 'The threshold.', default: 0.5 } },
        },
        labels: {
          doc: 'The prediction is a label map already, shape [N, ...spatial] or [N, 1, ...spatial].',
          fields: {
            channels: {
              type: 'integer',
              doc: 'Number of classes, label 0 among them.',
              minimum: 2,
            },
          },
        },
      },
    },
    classes: classesSchema as typeof classesSchema,
    index: indexSchema as typeof indexSchema,
    per: perSchema as typeof perSchema,
    smoothing: {
      type: 'record',
      doc: 'score = (numerator + n) / (denominator + d) of a cell that is not empty.',
      default: {},
      fields: {
        numerator: { type: 'number', doc: 'n.', minimum: 0, maximum: 1e6, default: 0 },
        denominator: { type: 'number', doc: 'd.', minimum: 0, maximum: 1e6, default: 0 },
      },
    },
    weights: metricWeightsSchema as typeof metricWeightsSchema,
    empty: {
      type: 'record',
      doc: 'What a cell without a defined score gives.',
      default: {},
      fields: {
        when: {
          type: 'choice',
          doc: 'Which cells are empty.',
          default: 'both',
          values: {
            both: 'Neither prediction nor target has the class: 0/0.',
            target: 'The target does not have the class.',
          },
        },
        give: {
          type: 'choice',
          doc: 'Their score.',
          default: 'nan',
          values: {
            nan: 'NaN, which a mean keeps.',
            zero: '0.',
            one: '1.',
            skip: 'NaN in the grid, left out of a mean; a mean over nothing is NaN.',
          },
        },
      },
    },
    reduction: {
      type: 'choice',
      doc: 'How the grid becomes the result.',
      default: 'none',
      values: {
        none: 'The grid itself.',
        mean: 'Mean over the grid.',
        'class-mean': 'Mean over the classes of each sample, shape [N].',
        'sample-mean': "Mean over the samples of each class, shape [C'].",
        'class-then-sample': 'Mean over the classes of each sample, then over samples.',
        'sample-then-class': 'Mean over the samples of each class, then over classes.',
      },
    },
  },
} as const;

/** A hard score as written. */
export type MetricSpec = Input<typeof metricSchema>;

/** A hard score with every default explicit; itself a {@link MetricSpec}. */
export type CompleteMetric = Complete<typeof metricSchema>;

/**
 * Reads a metric from JSON and makes every default explicit.
 *
 * @throws SpecError - listing every violation at once.
 */
export function completeMetric(json: unknown): CompleteMetric {
  const problems: Problem[] = [];
  const metric = parse(metricSchema, json, 'metric', problems);
  if (problems.length === 0) problems.push(...metricProblems(metric));
  if (problems.length > 0) throw new SpecError(problems);
  return deepFreeze(metric);
}
