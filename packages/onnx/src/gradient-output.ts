import { execute, type Node, type OpTable } from '@softdice/core';
import type { Port } from './graph.js';
import { likePrediction, ofType } from './placement.js';
import { outOfRow } from './rows.js';
import type { Emission, Value } from './value.js';

/** Operators of two arguments that may end a gradient. */
const pointwise: Readonly<Partial<Record<Node['op'], string>>> = {
  add: 'Add',
  sub: 'Sub',
  mul: 'Mul',
  div: 'Div',
};

/**
 * The gradient in the shape and the type of its port.
 *
 * Runtimes copy a tensor that is reshaped to be an output. So where the last operator joins two tensors of all
 * axes, those are reshaped instead, which copies nothing. Channels that come last are copied there anyway.
 */
export function gradientOutput(
  emission: Emission,
  ops: OpTable<Value>,
  given: (input: string) => Value | undefined,
  gradient: Node,
  port: Port,
): string {
  const op = pointwise[gradient.op];
  const values = execute(ops, [gradient, ...gradient.args], given);
  const [value, a, b] = values;
  if (value === undefined) throw new TypeError('a gradient without a value');
  const full = (x: Value | undefined): x is Value => x?.axes.length === gradient.axes.length;
  const keepsPlace =
    emission.layout === 'channelsLast' || emission.borderRank === emission.spatialRank;
  if (keepsPlace || op === undefined || !full(a) || !full(b)) {
    return likePrediction(emission, value, gradient.axes, port);
  }
  const args = [a.name, b.name].map((name) => outOfRow(emission, name, name));
  const joined = emission.graph.node(op, args, `${port.name}/computed`);
  return ofType(emission, joined, port);
}
