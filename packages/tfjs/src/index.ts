export * from '@softdice/core';
export type { Kernels, LossOptions } from './check.js';
export { type Evaluation, evaluate, type TermEvaluation } from './evaluate.js';
export { evaluateMetric, type MetricEvaluation } from './evaluate-metric.js';
export { type Path, pathOf } from './fused/path-of.js';
export type { Layout } from './layout.js';
export {
  type LevelsLossFunction,
  type LevelsValueAndGradients,
  levelsLossFunction,
  levelsValueAndGradients,
} from './levels.js';
export { type LossFunction, lossFunction } from './loss-function.js';
export { type Meter, meter } from './meter.js';
export type { MetricsOptions, MetricTensorOptions } from './metric-options.js';
export { type MetricFunction, metrics } from './metrics.js';
export type { LossTensors } from './placement.js';
export {
  type GradientInputs,
  type ValueAndGradient,
  valueAndGradient,
} from './value-and-gradient.js';
