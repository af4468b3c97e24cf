export * from '@softdice/core';
export { exportLoss } from './export-loss.js';
export type { Opset } from './model.js';
export type { ExportOptions, LabelType, Output } from './options.js';
export { readSpec } from './read-spec.js';
export type { SpatialRank } from './value.js';
