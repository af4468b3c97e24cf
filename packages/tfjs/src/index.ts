export * from '@softdice/core';
export type { GradientInputs, ValueAndGradient } from './direct-gradient.js';
export { type Evaluation, evaluate, type TermEvaluation } from './evaluate.js';
export { evaluateMetric, type MetricEvaluation } from './evaluate-metric.js';
export { type Path, pathOf } from './fused/path-of.js';
export { lossOf, type PerOutput, planIn, withLoss } from './kept-loss.js';
export type { Layout } from './layout.js';
export {
  type LevelsLossFunction,
  type LevelsValueAndGradients,
  levelsLossFunction,
  levelsValueAndGradients,
} from './levels.js';
export { lossFunction } from './loss-function.js';
export { type Meter, meter } from './meter.js';
export type { MetricsOptions, MetricTensorOptions } from './metric-options.js';
export { type MetricFunction, metrics } from './metrics.js';
export type { Kernels, LossOptions, Shaders } from './options.js';
export type { LossTensors } from './placement.js';
export type { LossFunction } from './taped-loss.js';
export { valueAndGradient } from './value-and-gradient.js';
