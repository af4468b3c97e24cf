import type { Docs } from '../schema/docs.js';
import { parse } from '../schema/parse.js';
import { type Problem, SpecError } from '../schema/problem.js';
import type { Complete, Input } from '../schema/schema.js';
import { classesDocs, classesSchema } from './classes.js';
import { metricProblems } from './constraints/metric.js';
import { perDocs, perSchema } from './head.js';
import { metricWeightsDocs, metricWeightsSchema } from './metric-weights.js';
import { indexDocs, indexSchema } from './overlap.js';
import { deepFreeze } from './parse-spec.js';
import { countedVoxelsDocs, countedVoxelsSchema, targetDocs, targetSchema } from './target.js';

/** A hard score: decided labels are counted, nothing is differentiated. */
export const metricSchema = {
  type: 'record',
  fields: {
    format: { type: 'integer', minimum: 1, maximum: 1, default: 1 },
    target: targetSchema as typeof targetSchema,
    voxels: countedVoxelsSchema as typeof countedVoxelsSchema,
    decide: {
      type: 'tagged',
      default: 'argmax',
      variants: {
        argmax: { fields: {} },
        threshold: { fields: { threshold: { type: 'number', default: 0.5 } } },
        labels: { fields: { channels: { type: 'integer', minimum: 2 } } },
      },
    },
    classes: classesSchema as typeof classesSchema,
    index: indexSchema as typeof indexSchema,
    per: perSchema as typeof perSchema,
    smoothing: {
      type: 'record',
      default: {},
      fields: {
        numerator: { type: 'number', minimum: 0, maximum: 1e6, default: 0 },
        denominator: { type: 'number', minimum: 0, maximum: 1e6, default: 0 },
      },
    },
    weights: metricWeightsSchema as typeof metricWeightsSchema,
    empty: {
      type: 'record',
      default: {},
      fields: {
        when: { type: 'choice', default: 'both', words: ['both', 'target'] },
        give: { type: 'choice', default: 'nan', words: ['nan', 'zero', 'one', 'skip'] },
      },
    },
    reduction: {
      type: 'choice',
      default: 'none',
      words: [
        'none',
        'mean',
        'class-mean',
        'sample-mean',
        'class-then-sample',
        'sample-then-class',
      ],
    },
  },
} as const;

/** What {@link metricSchema} means. */
export const metricDocs: Docs<typeof metricSchema> = {
  doc: 'A hard score of decided labels.',
  fields: {
    format: 'Version of this format.',
    target: targetDocs,
    voxels: countedVoxelsDocs,
    decide: {
      doc: 'What turns the prediction into labels.',
      variants: {
        argmax: 'The channel with the largest value, the first of equal ones.',
        threshold: {
          doc: 'Every channel whose value is above the threshold.',
          fields: { threshold: 'The threshold.' },
        },
        labels: {
          doc: 'The prediction is a label map already, shape [N, ...spatial] or [N, 1, ...spatial].',
          fields: { channels: 'Number of classes, label 0 among them.' },
        },
      },
    },
    classes: classesDocs,
    index: indexDocs,
    per: perDocs,
    smoothing: {
      doc: 'score = (numerator + n) / (denominator + d) of a cell that is not empty.',
      fields: { numerator: 'n.', denominator: 'd.' },
    },
    weights: metricWeightsDocs,
    empty: {
      doc: 'What a cell without a defined score gives.',
      fields: {
        when: {
          doc: 'Which cells are empty.',
          words: {
            both: 'Neither prediction nor target has the class: 0/0.',
            target: 'The target does not have the class.',
          },
        },
        give: {
          doc: 'Their score.',
          words: {
            nan: 'NaN, which a mean keeps.',
            zero: '0.',
            one: '1.',
            skip: 'NaN in the grid, left out of a mean; a mean over nothing is NaN.',
          },
        },
      },
    },
    reduction: {
      doc: 'How the grid becomes the result.',
      words: {
        none: 'The grid itself.',
        mean: 'Mean over the grid.',
        'class-mean': 'Mean over the classes of each sample, shape [N].',
        'sample-mean': "Mean over the samples of each class, shape [C'].",
        'class-then-sample': 'Mean over the classes of each sample, then over samples.',
        'sample-then-class': 'Mean over the samples of each class, then over classes.',
      },
    },
  },
};

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
