export * from '@softdice/core';
export { AttachError } from './attach/attach-error.js';
export { type Attachment, attachLoss, attachment } from './attach/attach-loss.js';
export type { AttachOptions } from './attach/attach-options.js';
export type { AddedPort, AttachmentReport } from './attach/report.js';
export type { Dtype } from './dtype.js';
export { exportLevels } from './export-levels.js';
export { exportLoss } from './export-loss.js';
export { exportMetric } from './export-metric.js';
export { exportParts, type Parts } from './export-parts.js';
export type { Dimension } from './graph.js';
export type { Layout, SpatialRank } from './layout.js';
export type { LevelsExportOptions } from './levels-options.js';
export type { MetricExportOptions, MetricOutput } from './metric-options.js';
export type { Form } from './model.js';
export { type Opset, opsets } from './opset.js';
export type { ExportOptions, LabelType, Output } from './options.js';
export type { PartKind, PartsOptions } from './parts-options.js';
export {
  type RuntimeResults,
  type RuntimeTensor,
  readCoefficients,
  readStatistics,
  type SampleRange,
} from './read-parts.js';
export { readLevels, readMetric, readSpec } from './read-spec.js';
