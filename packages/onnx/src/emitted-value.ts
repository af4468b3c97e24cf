import { execute, type Node, type OpTable } from '@softdice/core';
import type { Value } from './value.js';

/** Adds an expression to a graph, and gives its value. */
export function emittedValue(
  ops: OpTable<Value>,
  given: (input: string) => Value | undefined,
  node: Node,
): Value {
  const [value] = execute(ops, [node], given);
  if (value === undefined) throw new TypeError('nothing was emitted');
  return value;
}
