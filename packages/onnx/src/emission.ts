import { looksAtNeighbours, type Plan } from '@softdice/core';
import { computedTypes } from './dtype.js';
import type { GraphBuilder } from './graph-builder.js';
import type { SpatialRank } from './layout.js';
import { type CompleteOptions, comparedAs } from './options.js';
import type { Emission } from './value.js';

/**
 * How nodes are added to a graph for these options.
 *
 * @param prediction - The input whose shape holds all sizes.
 * @param plan - The loss: one of neighbouring voxels keeps them in their places.
 */
export function emissionOf(
  graph: GraphBuilder,
  {
    spatialRank: borderRank,
    layout,
    opset,
    dtype,
    labels,
  }: Pick<CompleteOptions, 'spatialRank' | 'layout' | 'opset' | 'dtype' | 'labels'>,
  prediction = 'prediction',
  plan?: Plan,
): Emission {
  const [real, integers] = [computedTypes[dtype], comparedAs(labels)];
  const keepsPlaces = plan !== undefined && looksAtNeighbours(plan);
  const spatialRank: SpatialRank = keepsPlaces || borderRank === 0 ? borderRank : 1;
  return { graph, borderRank, spatialRank, layout, opset, real, integers, prediction };
}
