import type { Node } from '../../expression/node.js';

/** A soft skeleton of a map. */
export interface SkeletonPattern {
  readonly kind: 'skeleton';
  readonly of: Node;
  readonly iterations: number;
}

/** The soft skeleton that a node is the root of, see `softSkeleton`. */
export function skeletonOf(node: Node): SkeletonPattern | undefined {
  const first = detail(node);
  if (first !== undefined) return { kind: 'skeleton', of: first, iterations: 0 };
  if (node.op !== 'add') return undefined;
  const [before, step] = node.args;
  const remainder = positive(step);
  const inner = remainder?.op === 'sub' && skeletonOf(before);
  if (!inner) return undefined;
  const [delta, covered] = remainder.args;
  const matches = covered.op === 'mul' && covered.args[0] === before && covered.args[1] === delta;
  return matches && detail(delta) ? { ...inner, iterations: inner.iterations + 1 } : undefined;
}

/** x of `relu(x - dilation)`. */
function detail(node: Node): Node | undefined {
  const lost = positive(node);
  if (lost?.op !== 'sub') return undefined;
  const [image, opened] = lost.args;
  return opened.op === 'max' && opened.args[1].op === 'max' ? image : undefined;
}

/** x of `x [0 < x]`. */
function positive(node: Node): Node | undefined {
  if (node.op !== 'mul') return undefined;
  const [x, above] = node.args;
  if (above.op !== 'less') return undefined;
  const [zero, same] = above.args;
  return zero.op === 'const' && zero.value === 0 && same === x ? x : undefined;
}
