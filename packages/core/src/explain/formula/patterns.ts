import type { Axis, Node, NodeOf } from '../../expression/node.js';
import { type SkeletonPattern, skeletonOf } from './skeleton-pattern.js';

/** A shape of several nodes that readers know by one word. */
export type Pattern =
  | { readonly kind: 'mean'; readonly over: readonly Axis[]; readonly of: Node }
  | {
      readonly kind: 'weighted-mean';
      readonly over: readonly Axis[];
      readonly of: Node;
      readonly by: Node;
    }
  | { readonly kind: 'log-cosh'; readonly of: Node }
  | SkeletonPattern
  /** The same number along one more axis. */
  | { readonly kind: 'spread'; readonly of: Node };

/** The pattern that a node is the root of. */
export function recognised(node: Node): Pattern | undefined {
  if (node.op === 'div') return mean(node);
  if (node.op === 'mul') return spread(node) ?? skeletonOf(node);
  return node.op === 'add' ? (logCosh(node) ?? skeletonOf(node)) : undefined;
}

/** `sum x / counts`, or `sum (c x) / sum c` with a divisor kept above 0. */
function mean({ args: [total, size] }: NodeOf<'div'>): Pattern | undefined {
  if (total.op !== 'sum') return undefined;
  const { over } = total;
  const [of] = total.args;
  const counted = countedAxes(size);
  if (counted !== undefined) {
    return same(counted, over) ? { kind: 'mean', over, of } : undefined;
  }
  const divisor = size.op === 'max' && isConst(size.args[1], 1e-30) ? size.args[0] : size;
  if (divisor.op !== 'sum' || !same(divisor.over, over) || of.op !== 'mul') return undefined;
  const [by, x] = of.args;
  return divisor.args[0] === by ? { kind: 'weighted-mean', over, of: x, by } : undefined;
}

/** The axes whose sizes are multiplied. */
function countedAxes(node: Node): readonly Axis[] | undefined {
  if (node.op === 'count') return [node.axis];
  if (node.op !== 'mul') return undefined;
  const [left, right] = node.args.map(countedAxes);
  return left && right && [...left, ...right];
}

/** `x [-1 < axis]`. */
function spread({ args: [x, y] }: NodeOf<'mul'>): Pattern | undefined {
  if (areOnes(y)) return { kind: 'spread', of: x };
  return areOnes(x) ? { kind: 'spread', of: y } : undefined;
}

function areOnes(node: Node): boolean {
  return node.op === 'less' && isConst(node.args[0], -1) && node.args[1].op === 'index';
}

/** `|x| + log((1 + e^(-2|x|)) / 2)`. */
function logCosh({ args: [x, log] }: NodeOf<'add'>): Pattern | undefined {
  if (x.op !== 'abs' || log.op !== 'log') return undefined;
  const [half] = log.args;
  if (half.op !== 'mul' || !isConst(half.args[0], 0.5)) return undefined;
  const [, sum] = half.args;
  if (sum.op !== 'add' || !isConst(sum.args[0], 1)) return undefined;
  const [, decay] = sum.args;
  if (decay.op !== 'exp') return undefined;
  const [exponent] = decay.args;
  const matches = exponent.op === 'mul' && isConst(exponent.args[0], -2) && exponent.args[1] === x;
  return matches ? { kind: 'log-cosh', of: x.args[0] } : undefined;
}

function same(a: readonly Axis[], b: readonly Axis[]): boolean {
  return [...a].sort().join() === [...b].sort().join();
}

function isConst(node: Node, value: number): boolean {
  return node.op === 'const' && node.value === value;
}
