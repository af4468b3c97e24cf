export * from '@softdice/core';
export { type Evaluation, evaluate, type TermEvaluation } from './evaluate.js';
export type { LossInputs } from './inputs/check-inputs.js';
export { evaluateLevels, type LevelsEvaluation } from './levels/evaluate-levels.js';
export { type MetricInputs, score } from './score.js';
export type { Float64Tensor, Tensor } from './tensor.js';
