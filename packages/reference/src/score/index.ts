export { InputError, type Problem, SpecError } from '@softdice/core';
export type { Float64Tensor, Tensor } from '../tensor.js';
export type { LabelMapMetric } from './label-map-metric.js';
export { type LabelMaps, score } from './score-label-maps.js';
