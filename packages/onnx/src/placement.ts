import type { Axis, Node, Program } from '@softdice/core';
import { scalarValue } from './constant-value.js';
import type { Port } from './graph.js';
import { missingPositions } from './layout.js';
import { elementNumber } from './model.js';
import { inBorderLayout, inRow, outOfRow, planeInRow } from './rows.js';
import type { Sized } from './sizes.js';
import { type Emission, integerList, type Value } from './value.js';

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

/** An input of a program as a value, read from a tensor of the graph in the type of all computing. */
export function inputValue(
  emission: Emission,
  program: Pick<Program, 'inputs'>,
  { name: input, type }: Pick<Port, 'name' | 'type'>,
  tensor: string,
): Value | undefined {
  const node = program.inputs.find((each) => each.op === 'input' && each.name === input);
  if (node === undefined) return undefined;
  const { graph, real, integers, spatialRank, borderRank, layout } = emission;
  const wanted = node.type === 'integer' ? integers : real;
  // A mask of one value per voxel has a channel axis of size 1 already.
  const placed = node.type === 'integer' ? planeInRow(emission, tensor) : inRow(emission, tensor);
  const sized: Sized = {
    name: tensor,
    layout: node.type === 'integer' ? 'channelsLast' : layout,
    spatialRank: borderRank,
  };
  const typed =
    type === wanted
      ? placed
      : graph.node('Cast', [placed], `${tensor}/${wanted}`, { to: elementNumber(wanted) });
  return { name: typed, sized, axes: node.axes, rank: 2 + spatialRank };
}

/** The tensor of a value without the axes that it lacks. */
export function squeezed(emission: Emission, value: Value, wanted: string): string {
  const missing = missingPositions(value.axes, emission.spatialRank);
  if (value.rank === 0 || missing.length === 0) return value.name;
  return emission.graph.node('Squeeze', [value.name, integerList(emission, missing)], wanted);
}

/** The tensor of a value in the shape and the type of the gradient. */
export function likePrediction(
  emission: Emission,
  value: Value,
  axes: readonly Axis[],
  { name, type }: Port,
): string {
  const { graph, prediction } = emission;
  const filled = (): string => {
    if (axes.every((axis) => value.axes.includes(axis))) return value.name;
    const like = inRow(emission, prediction);
    const shape = graph.node('Shape', [like], `${like}/shape`);
    return graph.node('Expand', [value.name, shape], `${name}/expanded`);
  };
  const first = outOfRow(emission, filled(), name);
  return ofType(emission, inBorderLayout(emission, first, name), { name, type });
}

/** A tensor of computed numbers in the type of a port. */
export function ofType(
  { graph, real }: Emission,
  tensor: string,
  { name, type }: Pick<Port, 'name' | 'type'>,
): string {
  return type === real
    ? tensor
    : graph.node('Cast', [tensor], `${name}/${type}`, { to: elementNumber(type) });
}

/** Factors of the loss in the gradient: the input `cotangent`, or ones. */
export function cotangentOf(
  emission: Emission,
  cotangent: 'ones' | 'input',
  loss: Node,
  computed: (node: Node) => Value,
): Value {
  if (cotangent === 'input') return expanded(emission, 'cotangent', loss.axes);
  return loss.axes.length === 0 ? one(emission) : ones(emission, computed(loss));
}

/** The number 1, by which nothing needs to be multiplied. */
function one(emission: Emission): Value {
  return scalarValue(emission, 1);
}

/** 1 everywhere on the axes of a value: not a bare 1, because sums over its axes must count them. */
function ones(emission: Emission, like: Value): Value {
  const shape = emission.graph.node('Shape', [like.name], 'cotangent/shape');
  const name = emission.graph.node('Expand', [one(emission).name, shape], 'cotangent/ones');
  return { name, axes: like.axes, rank: like.rank };
}
