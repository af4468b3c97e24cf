import { computedTypes } from './dtype.js';
import type { GraphBuilder } from './graph.js';
import { type CompleteOptions, comparedAs } from './options.js';
import type { Emission } from './value.js';

/** How nodes are added to a graph for these options. */
export function emissionOf(
  graph: GraphBuilder,
  {
    spatialRank,
    layout,
    opset,
    dtype,
    labels,
  }: Pick<CompleteOptions, 'spatialRank' | 'layout' | 'opset' | 'dtype' | 'labels'>,
  prediction = 'prediction',
): Emission {
  const [real, integers] = [computedTypes[dtype], comparedAs(labels)];
  return { graph, spatialRank, layout, opset, real, integers, prediction };
}
