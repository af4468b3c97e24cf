export * from '@softdice/core';
export { exportLevels } from './export-levels.js';
export { exportLoss } from './export-loss.js';
export type { LevelsExportOptions } from './levels-options.js';
export type { Opset } from './model.js';
export type { ExportOptions, LabelType, Output } from './options.js';
export { readLevels, readSpec } from './read-spec.js';
export type { SpatialRank } from './value.js';
