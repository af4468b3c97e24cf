import type { Node } from './node.js';

/** The arguments of which a node reads more than the size of an axis. */
export function valuesRead({ op, args }: Node): readonly Node[] {
  switch (op) {
    case 'count':
    case 'index':
      return [];
    case 'toChannel':
      return args.slice(0, 1);
    default:
      return args;
  }
}
