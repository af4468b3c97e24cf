import type { Axis } from '@softdice/core';
import type { ElementType, GraphBuilder } from './graph.js';
import type { Opset } from './model.js';

/** Number of spatial axes of the tensors. */
export type SpatialRank = 0 | 1 | 2 | 3;

/**
 * A value in the graph.
 *
 * Its tensor has either no axes at all or all of sample, channel or class, and the spatial ones, of
 * size 1 where the value lacks the named axis: so ONNX broadcasts by position what the expressions
 * broadcast by name.
 */
export interface Value {
  readonly name: string;
  readonly axes: readonly Axis[];
  /** Number of axes of the tensor: 0, or 2 plus the spatial rank. */
  readonly rank: number;
  /** The number that it is, where that is known now. */
  readonly constant?: number;
}

/** What all emitting functions need. */
export interface Emission {
  readonly graph: GraphBuilder;
  readonly spatialRank: SpatialRank;
  /** Version of the standard operators. */
  readonly opset: Opset;
  /** The element type in which labels and indices are compared. */
  readonly integers: ElementType;
  /** The graph input whose shape holds all sizes. */
  readonly prediction: string;
}

/** The axes of a tensor, by position, that stand for a named axis. */
export function positionsOf(axis: Axis, spatialRank: SpatialRank): readonly number[] {
  switch (axis) {
    case 'sample':
      return [0];
    case 'channel':
    case 'class':
      return [1];
    case 'voxel':
      return Array.from({ length: spatialRank }, (_, at) => 2 + at);
  }
}

/** The axes of a tensor, by position, that are of size 1 because the value lacks the named axes. */
export function missingPositions(
  axes: readonly Axis[],
  spatialRank: SpatialRank,
): readonly number[] {
  const present = new Set(axes.flatMap((axis) => positionsOf(axis, spatialRank)));
  const all = Array.from({ length: 2 + spatialRank }, (_, at) => at);
  return all.filter((position) => !present.has(position));
}

/** A list of integers as operators take them. */
export function integerList(emission: Emission, values: readonly number[]): string {
  return emission.graph.constant('int64', [values.length], values);
}
