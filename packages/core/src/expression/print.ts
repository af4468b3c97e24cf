import { inOrder, type Node } from './node.js';

/** Prints expressions as numbered lines, arguments before uses, for reading and for snapshots. */
export function printed(roots: Readonly<Record<string, Node>>): string {
  const order = inOrder(Object.values(roots));
  const numbers = new Map(order.map((node, at) => [node, at]));
  const lines = order.map((node, at) => {
    const args = node.args.map((arg) => `%${numbers.get(arg)}`);
    const words = [...args, ...attributes(node)].join(' ');
    const type = node.type === 'integer' ? ' integer' : '';
    return `%${at} = ${node.op}${words === '' ? '' : ` ${words}`} [${node.axes.join(' ')}]${type}`;
  });
  const results = Object.entries(roots).map(([name, node]) => `${name} = %${numbers.get(node)}`);
  return [...lines, ...results].join('\n');
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
    case 'toClass':
    case 'toChannel':
      return [node.map.kind === 'rows' ? JSON.stringify(node.map.rows) : node.map.kind];
    default:
      return [];
  }
}
