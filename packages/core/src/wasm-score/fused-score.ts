import type { NamedArray } from '../execute/named-array.js';
import { scored } from '../execute/scored.js';
import type { Statistics } from '../execute/statistics.js';
import { metricShapes } from '../plan/metric-inputs.js';
import type { MetricProgram } from '../program/compile-metric.js';
import { InputError } from '../schema/problem.js';
import { copied, memoryPool } from '../wasm/host/copied.js';
import {
  type ArrayOptions,
  arrayKernels,
  inputSources,
  type Numbers,
  sizesOf,
} from '../wasm/host/typed-arrays.js';

/** What a hard score is taken of: shapes `[N, C, ...spatial]`, or `[N, ...spatial, C]` with channels last. */
export interface FusedScoreInputs {
  /** Numbers per channel; with decide 'labels' a label map, with or without a channel axis of 1. */
  readonly prediction: Numbers;
  readonly target: Numbers;
  readonly mask?: Numbers | undefined;
}

/** A hard score and what it is made of. */
export interface FusedScoreOutcome {
  /** The grid reduced as the metric says. */
  readonly score: NamedArray;
  /** The grid `[N, C']`, `[C']`, `[N]` or `[]`; NaN where a cell has no score. */
  readonly scores: NamedArray;
  /** The counts I, P and T of voxels, which `merge` merges. */
  readonly statistics: Statistics;
}

/** A hard score as kernels of its own. */
export type FusedScore = (inputs: FusedScoreInputs) => FusedScoreOutcome;

/**
 * Makes a function that computes a hard score by kernels made for it, without a tensor library: every
 * voxel is read once. Predictions are read as float32; counts are exact.
 *
 * @param program - What `compileMetric` makes of a metric with precision 'float32'.
 * @throws InputError - where it is none, or kernels cannot run here; later, from the function, for inputs
 *   that do not fit the metric, before any of them is read.
 *
 * @example
 * ```ts
 * import { compileMetric } from '@softdice/core';
 *
 * const score = fusedScore(compileMetric({ target: 'labels' }, { precision: 'float32' }));
 * const { scores, statistics } = score({
 *   prediction: { shape: [1, 2, 3], data: Float32Array.of(1, 2, -1, 0, 1, 1) },
 *   target: { shape: [1, 3], data: Uint8Array.of(0, 0, 1) },
 * });
 * console.log(scores.data, statistics['I']?.data);
 * ```
 */
export function fusedScore(program: MetricProgram, options: ArrayOptions = {}): FusedScore {
  const fix = "make it with compileMetric(metric, { precision: 'float32' }) of @softdice/core";
  const { fused, layout } = arrayKernels(program, options, program?.precision === 'float32', fix);
  const { metric, head } = program;
  const memories = memoryPool();
  return ({ prediction, target, mask }) => {
    const shapes = { prediction: prediction.shape, target: target.shape, mask: mask?.shape };
    const { shape, problems } = metricShapes(metric, shapes, layout);
    if (problems.length > 0) throw new InputError(problems);
    const sizes = sizesOf(shape);
    const sources = inputSources(program, sizes, { prediction, target, mask });
    const swept = fused.forward(copied(fused, memories, layout, sizes, sources, false));
    const of = ({ value, defined }: MetricProgram['head']['score']): NamedArray =>
      scored(fused.head(value, swept), fused.head(defined, swept));
    return { score: of(head.score), scores: of(head.scores), statistics: swept.statistics };
  };
}
