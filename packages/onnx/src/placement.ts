import type { Axis, Program } from '@softdice/core';
import { elementNumber } from './model.js';
import { type Emission, integerList, missingPositions, type Value } from './value.js';

/** A graph input on its named axes, as a value: axes that it lacks are inserted with size 1. */
export function expanded(emission: Emission, input: string, axes: readonly Axis[]): Value {
  const { graph, spatialRank } = emission;
  const missing = missingPositions(axes, spatialRank);
  if (axes.length === 0) return { name: input, axes, rank: 0 };
  const rank = 2 + spatialRank;
  if (missing.length === 0) return { name: input, axes, rank };
  const places = integerList(emission, missing);
  return { name: graph.node('Unsqueeze', [input, places], `${input}/keepdims`), axes, rank };
}

/** The label input in the element type of all comparisons. */
function expandedLabels(emission: Emission, input: string, type: string): Value {
  const { graph, integers } = emission;
  const typed =
    type === integers
      ? input
      : graph.node('Cast', [input], `${input}/${integers}`, { to: elementNumber(integers) });
  return expanded(emission, typed, ['sample', 'voxel']);
}

/** An input of a program as a value, read from a tensor of the graph. */
export function inputValue(
  emission: Emission,
  program: Program,
  input: string,
  tensor: string,
  labels: string,
): Value | undefined {
  const node = program.inputs.find((each) => each.op === 'input' && each.name === input);
  if (node === undefined) return undefined;
  if (node.type === 'integer') return expandedLabels(emission, tensor, labels);
  // A mask of one value per voxel has a channel axis of size 1 already.
  return { name: tensor, axes: node.axes, rank: 2 + emission.spatialRank };
}

/** The tensor of a value without the axes that it lacks. */
export function squeezed(emission: Emission, value: Value, wanted: string): string {
  const missing = missingPositions(value.axes, emission.spatialRank);
  if (value.rank === 0 || missing.length === 0) return value.name;
  return emission.graph.node('Squeeze', [value.name, integerList(emission, missing)], wanted);
}

/** The tensor of a value in the shape of the prediction. */
export function likePrediction(
  emission: Emission,
  value: Value,
  axes: readonly Axis[],
  wanted: string,
): string {
  if (axes.every((axis) => value.axes.includes(axis))) return value.name;
  const { graph, prediction } = emission;
  const shape = graph.node('Shape', [prediction], `${prediction}/shape`);
  return graph.node('Expand', [value.name, shape], wanted);
}

/** The number 1, by which nothing needs to be multiplied. */
export function one({ graph }: Emission): Value {
  return { name: graph.constant('float', [], [1]), axes: [], rank: 0, constant: 1 };
}

/** 1 everywhere on the axes of a value: not a bare 1, because sums over its axes must count them. */
export function ones(emission: Emission, like: Value): Value {
  const shape = emission.graph.node('Shape', [like.name], 'cotangent/shape');
  const name = emission.graph.node('Expand', [one(emission).name, shape], 'cotangent/ones');
  return { name, axes: like.axes, rank: like.rank };
}
