import { type CompleteMetric, InputError, metricShapes, type Problem } from '@softdice/core';
import { type Expectation, finite, labels, valueProblems } from '../inputs/value-problems.js';
import type { Tensor } from '../tensor.js';

/** What is scored. */
export interface MetricInputs {
  /** `[N, C, ...spatial]`; a label map `[N, ...spatial]` or `[N, 1, ...spatial]` with 'labels'. */
  readonly prediction: Tensor;
  /** As the metric's target says. */
  readonly target: Tensor;
  /** Where the metric's voxels ask for it, shaped as they say. */
  readonly mask?: Tensor | undefined;
}

/**
 * Checks shapes, then values, and tells the shape `[N, C, ...spatial]` that the prediction has or,
 * as a label map, stands for.
 *
 * @throws InputError - listing every violation at once.
 */
export function checkMetricInputs(metric: CompleteMetric, inputs: MetricInputs): readonly number[] {
  const { prediction, target, mask } = inputs;
  const fit = metricShapes(metric, {
    prediction: prediction.shape,
    target: target.shape,
    mask: mask?.shape,
  });
  if (fit.problems.length > 0) throw new InputError(fit.problems);
  const channels = fit.shape[1] ?? 0;
  const problems: readonly Problem[] = [
    ...valueProblems('prediction', prediction, predictionValues(metric)),
    ...valueProblems('target', target, targetValues(metric, channels)),
    ...(mask === undefined ? [] : valueProblems('mask', mask, finite)),
  ];
  if (problems.length > 0) throw new InputError(problems);
  return fit.shape;
}

function predictionValues({ decide }: CompleteMetric): Expectation {
  return decide.kind === 'labels' ? labels(decide.channels, undefined) : finite;
}

function targetValues({ target, classes }: CompleteMetric, channels: number): Expectation {
  if (target.kind === 'labels') {
    const unbounded = classes.kind === 'regions' && classes.merge === 'target';
    return labels(unbounded ? Number.POSITIVE_INFINITY : channels, target.ignore);
  }
  const ignore = target.kind === 'binary' ? target.ignore : undefined;
  return {
    expected: ignore === undefined ? '0 or 1' : `0, 1 or the ignored value ${ignore}`,
    holds: (value) => value === 0 || value === 1 || value === ignore,
    fix: 'hard scores count voxels: threshold a soft target first',
  };
}
