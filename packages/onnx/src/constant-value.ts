import type { Node } from '@softdice/core';
import type { Emission, Value } from './value.js';

/** A number. */
export function scalarValue({ graph, real }: Emission, value: number): Value {
  return { name: graph.constant(real, [], [value]), axes: [], rank: 0, constant: value };
}

/** A number per class. */
export function vectorValue(emission: Emission, values: readonly number[]): Value {
  const { graph, real } = emission;
  const name = graph.constant(real, vectorDims(emission, values.length), values);
  return { name, axes: ['class'], rank: 2 + emission.spatialRank, constants: values };
}

/** The shape of one value per class. */
export function vectorDims({ spatialRank }: Emission, classes: number): readonly number[] {
  return [1, classes, ...Array<number>(spatialRank).fill(1)];
}

const operators: Readonly<Partial<Record<Node['op'], (a: number, b: number) => number>>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  max: Math.max,
  min: Math.min,
};

/** What an operator makes of two values that are known now. */
export function folded(emission: Emission, node: Node, a: Value, b: Value): Value | undefined {
  const operator = operators[node.op];
  const [x, y] = [known(a), known(b)];
  if (operator === undefined || x === undefined || y === undefined) return undefined;
  const values = Array.from({ length: Math.max(x.length, y.length) }, (_, at) =>
    operator(x[x.length === 1 ? 0 : at] ?? 0, y[y.length === 1 ? 0 : at] ?? 0),
  );
  const [only = 0] = values;
  return node.axes.length === 0 ? scalarValue(emission, only) : vectorValue(emission, values);
}

/** The sum of constants of the classes. */
export function foldedSum(emission: Emission, { constants }: Value): Value | undefined {
  if (constants === undefined) return undefined;
  return scalarValue(
    emission,
    constants.reduce((total, value) => total + value, 0),
  );
}

/**
 * The product of a value and a number that is not 1 but float32 rounds to it: x + (c - 1)x, where c - 1 is exact.
 * onnxruntime takes such a factor for 1, of float64 as well, and leaves it out.
 */
export function nearProduct(
  { graph, real }: Emission,
  factor: Value,
  x: Value,
  wanted: string,
): string | undefined {
  const [c, ...more] = known(factor) ?? [];
  if (c === undefined || more.length > 0 || c === 1 || Math.fround(c) !== 1) return undefined;
  if (real === 'float') return undefined;
  const rest = graph.constant(real, [], [c - 1]);
  return graph.node('Add', [x.name, graph.node('Mul', [rest, x.name], `${wanted}/rest`)], wanted);
}

function known({ constant, constants }: Value): readonly number[] | undefined {
  return constant === undefined ? constants : [constant];
}
