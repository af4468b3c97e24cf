export {
  checkInputs,
  type InputShapes,
  inputProblems,
  maskChannels,
  targetIsSparse,
} from './plan/inputs.js';
export { type Plan, type PlanTerm, planOf } from './plan/plan.js';
export { type JsonSchema, jsonSchema } from './schema/json-schema.js';
export { InputError, type Problem, problemText, SpecError } from './schema/problem.js';
export type { Complete, Input, Schema } from './schema/schema.js';
export { type CompleteSpec, type LossSpec, lossSchema, type TermSpec } from './spec/loss.js';
export {
  type CompleteMetric,
  completeMetric,
  type MetricSpec,
  metricSchema,
} from './spec/metric.js';
export { parseSpec } from './spec/parse-spec.js';
