import { inOrder, type Node } from './node.js';

/** Prints expressions as numbered lines, arguments before uses, for reading and for snapshots. */
export function printed(roots: Readonly<Record<string, Node>>): string {
  const { lines, nameOf } = numbered(Object.values(roots));
  const results = Object.entries(roots).map(([name, node]) => `${name} = ${nameOf(node)}`);
  return [...lines, ...results].join('\n');
}

/** A line for every node that the roots need, and what each node is called in them. */
export function numbered(roots: readonly Node[]): {
  readonly lines: readonly string[];
  readonly nameOf: (node: Node) => string;
} {
  const order = inOrder(roots);
  const numbers = new Map(order.map((node, at) => [node, at]));
  const nameOf = (node: Node): string => `%${numbers.get(node)}`;
  const lines = order.map((node) => {
    const words = [...node.args.map(nameOf), ...attributes(node)].join(' ');
    const type = node.type === 'integer' ? ' integer' : '';
    const axes = node.axes.join(' ');
    return `${nameOf(node)} = ${node.op}${words === '' ? '' : ` ${words}`} [${axes}]${type}`;
  });
  return { lines, nameOf };
}

function attributes(node: Node): readonly string[] {
  switch (node.op) {
    case 'input':
      return [node.name];
    case 'const':
      return [String(node.value)];
    case 'vector':
      return [`(${node.values.join(' ')})`];
    case 'count':
    case 'index':
      return [node.axis];
    case 'pow':
      return [`^${node.exponent}`];
    case 'sum':
    case 'peak':
      return [`over ${node.over.join(' ')}`];
    case 'shift':
      return [`dimension ${node.dimension}`, `by ${node.by}`, `fill ${node.fill}`];
    case 'top':
      return [`${node.perMillion} of a million`];
    case 'toClass':
    case 'toChannel':
      return ['rows' in node.map ? JSON.stringify(node.map.rows) : node.map.kind];
    default:
      return [];
  }
}
