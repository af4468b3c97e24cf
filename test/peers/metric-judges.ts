import { metricPlanOf, planOf } from '@softdice/core';
import type { Tensor } from '@softdice/reference';
import type { Batch } from '../arbitraries/batch.js';
import { boundsOf } from '../conformance/bounds.js';
import { interpreter } from '../conformance/interpreter.js';
import { metricBounds } from '../conformance/metric-bounds.js';
import { metricInterpreter } from '../conformance/metric-interpreter.js';
import { metricOnnxruntime } from '../conformance/metric-onnxruntime.js';
import type { MetricTarget } from '../conformance/metric-target.js';
import { metricTfjs } from '../conformance/metric-tfjs.js';
import { onnxruntime } from '../conformance/onnxruntime.js';
import type { Target } from '../conformance/target.js';
import { tfjs } from '../conformance/tfjs.js';
import { type GoldenCase, numbersOf } from './golden-case.js';
import { scored } from './metric-agreement.js';
import type { PeerMetric } from './peer-metric.js';

/** Who runs hard scores, and soft ones, which are losses. */
export interface MetricJudge {
  readonly hard: MetricTarget;
  readonly soft: Target;
}

/** Every backend. */
export const metricJudges: readonly MetricJudge[] = [
  { hard: metricInterpreter, soft: interpreter },
  { hard: metricTfjs('cpu', 'channelsLast'), soft: tfjs('cpu', 'channelsLast') },
  { hard: metricTfjs('wasm', 'channelsFirst'), soft: tfjs('wasm', 'channelsFirst') },
  { hard: metricOnnxruntime(), soft: onnxruntime },
];

/**
 * Where a backend's score is off by more than its derived bound: of the peer's, or of the reference's where
 * float64 has already said how that deviates.
 */
export async function metricDifferences(
  golden: GoldenCase,
  metric: PeerMetric,
  judge: MetricJudge,
  deviates: boolean,
): Promise<readonly string[]> {
  const { undefinedAs = Number.NaN } = metric;
  const own = (value: number): number => (Number.isNaN(value) ? undefinedAs : value);
  const expected = deviates ? scored(metric).map(own) : numbersOf(golden.value);
  const { values, errors } = await judged(metric, judge);
  if (values.length !== expected.length) return [`${values.length} of ${expected.length} numbers`];
  return expected.flatMap((value, at) => {
    const received = own(values[at] ?? Number.NaN);
    const error = errors[errors.length === 1 ? 0 : at] ?? 0;
    const bound = 1e-10 * Math.max(Math.abs(value), 1) + error;
    const same = Number.isNaN(value) ? Number.isNaN(received) : Math.abs(received - value) <= bound;
    return same ? [] : [`${received} instead of ${value}`];
  });
}

async function judged(
  { measure, prediction, target }: PeerMetric,
  { hard, soft }: MetricJudge,
): Promise<{ readonly values: readonly number[]; readonly errors: ArrayLike<number> }> {
  const batch: Batch = { prediction: listed(prediction), target: listed(target) };
  if ('soft' in measure) {
    const { loss } = await soft.evaluate(measure.soft, batch);
    const drawn = { spec: measure.soft, plan: planOf(measure.soft), batch };
    return {
      values: Array.from(loss.data),
      errors: boundsOf(drawn, soft.precision).loss.error,
    };
  }
  const metric = metricPlanOf(measure.hard);
  const { score } = await hard.evaluateMetric(metric, batch);
  return {
    values: Array.from(score.data),
    errors: metricBounds(metric, batch, hard.precision).score.error,
  };
}

function listed({ shape, data }: Tensor): Batch['target'] {
  return { shape, data: Array.from(data) };
}
