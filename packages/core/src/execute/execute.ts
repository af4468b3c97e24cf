import { applyOp, inOrder, type Node, type OpTable } from '../expression/node.js';

/**
 * Values of the wanted nodes by any op table, each node computed once.
 *
 * @param given - Values of the inputs by name.
 */
export function execute<Value>(
  table: OpTable<Value>,
  wanted: readonly Node[],
  given: (input: string) => Value | undefined,
): readonly Value[] {
  const values = new Map<Node, Value>();
  const computed = (node: Node): Value => {
    const value = values.get(node);
    if (value === undefined) throw new TypeError(`${node.op} has no value yet`);
    return value;
  };
  for (const node of inOrder(wanted)) {
    const known = node.op === 'input' ? given(node.name) : undefined;
    values.set(node, known ?? applyOp(table, node, node.args.map(computed)));
  }
  return wanted.map(computed);
}
