import type { Arguments, Attributes, Axis, Node, NumberType, Op } from './node.js';

/** Makes a node, or gives back the equal one that was made before. */
export type Make = <O extends Op>(
  op: O,
  args: Arguments[O],
  attributes: Attributes[O],
  axes: readonly Axis[],
  type?: NumberType,
) => Node;

/** The attributes of most ops. */
export const none: Readonly<Record<never, never>> = {};

/** A maker whose equal nodes are one object; its table lives as long as it does. */
export function interning(): Make {
  const interned = new Map<string, Node>();
  const numbers = new Map<Node, number>();
  return (op, args, attributes, axes, type = 'real') => {
    const known = args.map((arg) => numbers.get(arg));
    if (known.includes(undefined)) throw new TypeError(`${op} of a node of another builder`);
    // No part but the last, the one that is quoted, can hold the sign between them.
    const written = attributes === none ? '' : JSON.stringify(attributes);
    const key = `${op}|${known.join()}|${axes.join()}|${type}|${written}`;
    const equal = interned.get(key);
    if (equal !== undefined) return equal;
    const node = Object.freeze({
      op,
      args: Object.freeze(args),
      ...attributes,
      axes: Object.freeze(axes),
      type,
    }) as unknown as Node;
    interned.set(key, node);
    numbers.set(node, interned.size);
    return node;
  };
}
