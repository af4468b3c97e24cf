import type { Axis } from '@softdice/core';
import type { ElementType } from './graph.js';
import type { GraphBuilder } from './graph-builder.js';
import type { Layout, SpatialRank } from './layout.js';
import type { Opset } from './opset.js';
import type { Sized } from './sizes.js';

/**
 * A value in the graph.
 *
 * Its tensor has either no axes at all or all of sample, channel or class, and the spatial ones, in this order, of
 * size 1 where the value lacks the named axis: so ONNX broadcasts by position what the expressions
 * broadcast by name.
 */
export interface Value {
  readonly name: string;
  readonly axes: readonly Axis[];
  /** Number of axes of the tensor: 0, or 2 plus the spatial rank. */
  readonly rank: number;
  /** A tensor of the same sizes that is there anyway. */
  readonly sized?: Sized;
  /** The tensor whose negative it is. */
  readonly negates?: string;
  /** The number that it is, where that is known now. */
  readonly constant?: number;
  /** The numbers of the classes that it is, where they are known now. */
  readonly constants?: readonly number[];
}

/** What all emitting functions need. */
export interface Emission {
  /** Number of spatial axes of inputs and gradient. */
  readonly borderRank: SpatialRank;
  /** Number of spatial axes inside: voxels lie in a row where they can. */
  readonly spatialRank: SpatialRank;
  /** Where the channels of inputs and gradient stand; inside they come first. */
  readonly layout: Layout;
  readonly graph: GraphBuilder;
  /** Version of the standard operators. */
  readonly opset: Opset;
  /** The element type in which everything is computed. */
  readonly real: 'float' | 'double';
  /** The element type in which labels and indices are compared. */
  readonly integers: ElementType;
  /** The input whose shape holds all sizes. */
  readonly prediction: string;
  /** Inputs that are blocks of tensors, by name: what is known of these. */
  readonly blocks?: ReadonlyMap<string, Block>;
}

/** A run of the voxels of a tensor. */
export interface Block {
  /** The tensor, of which the other sizes are read. */
  readonly of: Sized;
  /** The number of voxels in it, an integer without axes. */
  readonly voxels: string;
}

/** A list of integers as operators take them. */
export function integerList(emission: Emission, values: readonly number[]): string {
  return emission.graph.constant('int64', [values.length], values);
}
