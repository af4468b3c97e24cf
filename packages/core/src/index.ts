export { execute } from './execute/execute.js';
export { type FinishedMetric, finishMetric } from './execute/finish-metric.js';
export { filled, type NamedArray, positions, scalar, sizeOf } from './execute/named-array.js';
export { opTable, opTableOf } from './execute/ops.js';
export { type Finished, finish, merge, type Statistics } from './execute/statistics.js';
export { type Explanation, explain } from './explain/explain.js';
export type { Bounds } from './explain/facts/bounds.js';
export type { Absent, EmptyPrediction, Measured } from './explain/facts/measured.js';
export type { GradientFacts, Minimiser } from './explain/facts/term-facts.js';
export { type Formula, formulaOf } from './explain/formula/formula.js';
export type { Warning } from './explain/warnings/rule.js';
export { type Builder, builder, type Shift } from './expression/builder.js';
export { type ClassMap, classCount, classMembers, type Member } from './expression/class-map.js';
export { pullback, type Seed } from './expression/gradient.js';
export {
  type Arguments,
  type ArgumentValues,
  type Attributes,
  type Axis,
  applyOp,
  axisOrder,
  inOrder,
  type Node,
  type NodeOf,
  type NumberType,
  type Op,
  type OpTable,
} from './expression/node.js';
export { printed } from './expression/print.js';
export { substitute } from './expression/rebuild.js';
export { topCount } from './expression/top-count.js';
export { valuesRead } from './expression/values-read.js';
export type { HardScore, Scored } from './lower/hard-score.js';
export type { Additive, TermHead } from './lower/term.js';
export {
  checkInputs,
  type InputShapes,
  inputProblems,
  maskChannels,
  targetIsSparse,
} from './plan/inputs.js';
export {
  type LevelInputs,
  type LevelsInputs,
  type LevelsPlan,
  levelInputs,
  levelsPlanOf,
  type PlanLevel,
  type Resizing,
} from './plan/levels.js';
export { type MetricOptions, type MetricPlan, metricOf, metricPlanOf } from './plan/metric.js';
export { type MetricShapes, metricShapes } from './plan/metric-inputs.js';
export { nearestIndices } from './plan/nearest.js';
export { type Given, type Plan, type PlanTerm, type PlanTermOf, planOf } from './plan/plan.js';
export { looksAtNeighbours } from './plan/spatial-rank.js';
export {
  type ClDiceOptions,
  clDice,
  type DiceClDiceOptions,
  diceClDice,
} from './presets/cl-dice.js';
export { combine } from './presets/combine.js';
export {
  type CrossEntropyOptions,
  crossEntropy,
  type DiceCrossEntropyOptions,
  type DiceTopKOptions,
  diceCrossEntropy,
  diceTopK,
  type FocalOptions,
  focal,
  type TopKOptions,
  topK,
} from './presets/cross-entropy.js';
export {
  type DeepSupervisionOptions,
  deepSupervision,
  type LevelWeights,
  levelWeights,
} from './presets/deep-supervision.js';
export {
  type ExponentialLogarithmicDiceOptions,
  exponentialLogarithmicDice,
  type FocalDiceOptions,
  focalDice,
  type NoiseRobustDiceOptions,
  noiseRobustDice,
  type PenaltyGeneralizedDiceOptions,
  penaltyGeneralizedDice,
} from './presets/dice-forms.js';
export {
  type ExponentialLogarithmicOptions,
  exponentialLogarithmic,
} from './presets/exponential-logarithmic.js';
export type { OverlapOptions } from './presets/options.js';
export {
  dice,
  type FBetaOptions,
  type FocalTverskyOptions,
  fBeta,
  focalTversky,
  generalizedDice,
  jaccard,
  logCoshDice,
  softDice,
  type TverskyOptions,
  tversky,
  vnet,
} from './presets/presets.js';
export {
  type SensitivitySpecificityOptions,
  sensitivitySpecificity,
} from './presets/sensitivity-specificity.js';
export {
  type UnifiedFocalOptions,
  type UnifiedFocalWeights,
  unifiedFocal,
  unifiedFocalCrossEntropy,
  unifiedFocalTversky,
} from './presets/unified-focal.js';
export { type WassersteinOptions, wassersteinDice } from './presets/wasserstein.js';
export { additiveOf } from './program/additive.js';
export { type CompileOptions, compile, compilePlan } from './program/compile.js';
export { type CompiledLevel, compileLevels } from './program/compile-levels.js';
export {
  type CompileMetricOptions,
  compileMetric,
  type MetricProgram,
} from './program/compile-metric.js';
export { printProgram } from './program/print-program.js';
export {
  coefficientInput,
  type Head,
  type Named,
  type Program,
  type Statistic,
  statisticInput,
  type VoxelProgram,
} from './program/program.js';
export { sweeps } from './program/sweeps.js';
export {
  type Carried,
  type Carrying,
  carriedName,
  carriedOf,
} from './schedule/carried.js';
export type { Extent } from './schedule/extent.js';
export type { Loop, Mix, Mixing, Reduction } from './schedule/loops.js';
export { printSchedule } from './schedule/print-schedule.js';
export {
  type Operand,
  type Schedule,
  type Sweep,
  scheduleOf,
  type Unscheduled,
  type VoxelSum,
} from './schedule/schedule.js';
export * from './schema/docs.js';
export { type JsonSchema, jsonSchema } from './schema/json-schema.js';
export { type Advice, parse } from './schema/parse.js';
export { InputError, type Problem, problemText, SpecError, shown } from './schema/problem.js';
export type {
  ChoiceSchema,
  Complete,
  Fields,
  Input,
  ListSchema,
  NumberSchema,
  RecordSchema,
  Schema,
  TaggedSchema,
  TextSchema,
  VariantSchema,
} from './schema/schema.js';
export { type ChannelUse, channelUse } from './spec/channel-use.js';
export { countProblems } from './spec/constraints/metric-counts.js';
export {
  type CompleteLevels,
  type LevelsSpec,
  levelsDocs,
  levelsSchema,
  parseLevels,
} from './spec/levels.js';
export {
  type CompleteSpec,
  type LossSpec,
  lossDocs,
  lossSchema,
  type TermSpec,
} from './spec/loss.js';
export {
  type CompleteMetric,
  completeMetric,
  type MetricSpec,
  metricDocs,
  metricSchema,
} from './spec/metric.js';
export { parseSpec } from './spec/parse-spec.js';
