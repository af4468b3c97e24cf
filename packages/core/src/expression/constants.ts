import type { Node, NodeOf } from './node.js';

/** Constants are finite: JSON, by which nodes are interned, has no others. */
export function finite(value: number): number {
  if (!Number.isFinite(value)) throw new TypeError(`a constant is finite, not ${value}`);
  return value;
}

/** Whether a node is a real constant. */
export function isConst(node: Node): node is NodeOf<'const'> {
  return node.op === 'const' && node.type === 'real';
}

/** Whether a node is this constant. */
export function is(node: Node, value: number): boolean {
  return isConst(node) && node.value === value;
}

/** A share in millionths: whole, so that every backend counts the same k. */
export function share(perMillion: number): number {
  if (Number.isInteger(perMillion) && perMillion >= 1 && perMillion <= 1e6) return perMillion;
  throw new TypeError(`a share is a whole number of millionths, not ${perMillion}`);
}
