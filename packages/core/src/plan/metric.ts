import { channelUse } from '../spec/channel-use.js';
import type { LossSpec } from '../spec/loss.js';
import { type CompleteMetric, completeMetric, type MetricSpec } from '../spec/metric.js';
import { type Plan, type PlanTerm, planOf } from './plan.js';

/** A hard score with nothing left to decide: every default explicit, frozen. */
export type MetricPlan = CompleteMetric;

/**
 * Makes the plan of a hard score.
 *
 * @throws SpecError - listing every violation at once.
 */
export function metricPlanOf(metric: unknown): MetricPlan {
  return completeMetric(metric);
}

/** What differs from the metric that a loss suggests. */
export type MetricOptions = Partial<Omit<MetricSpec, 'format'>>;

/**
 * The hard score that belongs to a loss: its target, voxels that count, classes and index.
 *
 * Labels are decided as the activation suggests: the largest channel of a softmax; logits of a sigmoid
 * above 0, which is p > 1/2 exactly, while a rounded sigmoid is 1/2 for small logits too; without an
 * activation the largest channel of exclusive classes, and values above 1/2 of a binary or multilabel
 * target or of a network that has one channel per region.
 *
 * Counts are pooled over the batch, `per: 'batch'`, and a class that is neither there nor predicted
 * scores 1, so that the mean over the batches of an epoch is never NaN. Smoothing, class weights and
 * voxel weights of a loss have no part in it: voxels of weight 0 do not count, others count once.
 * Index and classes are those of the first overlap term, or else of the first term.
 *
 * @param spec - The loss; a metric is only completed.
 * @param options - Fields of the metric to choose otherwise.
 * @returns The metric with every default explicit.
 * @throws SpecError - where the spec or the metric is none, as for a soft target, of which a hard score
 *   cannot count voxels; lists every violation.
 *
 * @example
 * ```ts
 * const metric = metricOf(dice({ activation: 'softmax' }), { index: 'jaccard' });
 * ```
 */
export function metricOf(spec: LossSpec | MetricSpec, options: MetricOptions = {}): MetricPlan {
  if (!('terms' in spec)) return completeMetric({ ...spec, ...options });
  const plan = planOf(spec);
  const term = plan.terms.find(({ kind }) => kind === 'overlap') ?? plan.terms[0];
  if (term === undefined) throw new TypeError('a plan has terms');
  const suggested: MetricSpec = {
    target: plan.target,
    voxels: counted[plan.voxels.kind],
    decide: decision(plan, term),
    classes: channelUse(term).classes,
    index: term.kind === 'overlap' ? term.index : 'dice',
    per: 'batch',
    empty: { when: 'both', give: 'one' },
  };
  return completeMetric({ ...suggested, ...options });
}

const counted: { readonly [K in Plan['voxels']['kind']]: MetricPlan['voxels']['kind'] } = {
  all: 'all',
  mask: 'mask',
  'channel-mask': 'channel-mask',
  weights: 'mask',
  'masked-inputs': 'mask',
  'target-mass': 'target-mass',
};

function decision({ target }: Plan, term: PlanTerm): MetricPlan['decide'] {
  const { classes } = channelUse(term);
  switch (term.activation) {
    case 'softmax':
      return { kind: 'argmax' };
    case 'sigmoid':
      return { kind: 'threshold', threshold: 0 };
    case 'none': {
      const regions = classes.kind === 'regions' && classes.merge === 'target';
      const exclusive = target.kind === 'labels' || target.kind === 'one-hot';
      return exclusive && !regions ? { kind: 'argmax' } : { kind: 'threshold', threshold: 0.5 };
    }
  }
}
