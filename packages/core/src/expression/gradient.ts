import type { Builder } from './builder.js';
import { type Arguments, inOrder, type Node, type NodeOf, type Op } from './node.js';

/** The cotangent of one argument, or undefined where it is 0 by definition. */
type Rule<O extends Op> = (
  b: Builder,
  node: NodeOf<O>,
  cotangent: Node,
  argument: number,
) => Node | undefined;

/**
 * A rule for each op that has arguments; the cotangent may have or lack any axis of the node.
 * `b.sum` over the axes that an argument lacks then un-broadcasts it, see {@link pullback}.
 */
type Rules = {
  readonly [O in Op]: Arguments[O] extends readonly [] ? 'leaf' : Rule<O> | 'no gradient';
};

const rules: Rules = {
  input: 'leaf',
  const: 'leaf',
  vector: 'leaf',
  count: 'no gradient',
  index: 'no gradient',
  less: 'no gradient',
  equal: 'no gradient',
  sign: 'no gradient',
  peak: 'no gradient',
  argmax: 'no gradient',
  top: 'no gradient',
  add: (_, __, g) => g,
  // d(a - b) = da - db
  sub: (b, _, g, at) => (at === 0 ? g : b.mul(b.real(-1), g)),
  // d(ab) = b da + a db
  mul: (b, { args: [x, y] }, g, at) => b.mul(g, at === 0 ? y : x),
  // d(a/b) = da/b - (a/b) db/b
  div: (b, node, g, at) => {
    const scaled = b.div(g, node.args[1]);
    return at === 0 ? scaled : b.mul(b.real(-1), b.mul(scaled, node));
  },
  // d max(a, b) = da where a > b, db where a < b, half of each where a = b
  max: (b, { args: [x, y] }, g, at) => b.mul(g, at === 0 ? preferred(b, y, x) : preferred(b, x, y)),
  // d min(a, b) = da where a < b, db where a > b, half of each where a = b
  min: (b, { args: [x, y] }, g, at) => b.mul(g, at === 0 ? preferred(b, x, y) : preferred(b, y, x)),
  // d x^k = k x^(k-1) dx
  pow: (b, { args: [x], exponent }, g) => b.mul(g, b.mul(b.real(exponent), b.pow(x, exponent - 1))),
  // d e^x = e^x dx
  exp: (b, node, g) => b.mul(g, node),
  // d log x = dx / x
  log: (b, { args: [x] }, g) => b.div(g, x),
  // d|x| = sign(x) dx, 0 at 0
  abs: (b, { args: [x] }, g) => b.mul(g, b.sign(x)),
  // d s(x) = s (1 - s) dx
  sigmoid: (b, node, g) => b.mul(g, b.mul(node, b.sub(b.real(1), node))),
  // d log(1 + e^x) = s(x) dx
  softplus: (b, { args: [x] }, g) => b.mul(g, b.sigmoid(x)),
  // dp_i = p_i (dx_i - sum_j p_j dx_j), and the matrix is symmetric
  softmax: (b, node, g) => b.mul(node, b.sub(g, b.sum(b.mul(g, node), ['channel']))),
  // dl_i = dx_i - sum_j p_j dx_j, so that x_i receives g_i - p_i sum_j g_j
  logSoftmax: (b, { args: [x] }, g) => b.sub(g, b.mul(b.softmax(x), b.sum(g, ['channel'], x))),
  // d sum x = sum dx: the cotangent lacks the summed axes and broadcasts over them
  sum: (_, __, g) => g,
  // dy[i] = dx[i + by], so that x[j] receives g[j - by], where that is inside
  shift: (b, { args: [x], dimension, by }, g) => b.shift(g, { dimension, by: -by, fill: 0 }, x),
  // transposed matrix; how many classes there are is asked of ones, of which nothing is computed
  toClass: (b, { args: [x], map }, g) =>
    b.toChannel(g, map, x, b.toClass(b.ones(x, 'channel'), map)),
  toChannel: (b, node, g, at) => (at === 0 ? b.toClass(g, node.map, node) : undefined),
};

/** 1 where a < b, 1/2 where a = b, else 0. */
function preferred(b: Builder, smaller: Node, larger: Node): Node {
  return b.add(b.less(smaller, larger), b.mul(b.real(0.5), b.equal(smaller, larger)));
}

/** One output with its cotangent. */
export interface Seed {
  readonly output: Node;
  readonly cotangent: Node;
}

/**
 * Reverse mode: the sum over the seeds of cotangent times the derivative of the output with respect
 * to the wanted nodes. An entry is undefined where no output depends on the node.
 */
export function pullback(
  b: Builder,
  seeds: readonly Seed[],
  wanted: readonly Node[],
): readonly (Node | undefined)[] {
  const order = inOrder(seeds.map(({ output }) => output));
  const active = new Set<Node>(wanted);
  for (const node of order) {
    const passes = rules[node.op] !== 'no gradient';
    if (passes && node.args.some((arg) => active.has(arg))) active.add(node);
  }
  const cotangents = new Map<Node, Node>();
  const receive = (node: Node, cotangent: Node): void => {
    const sum = cotangents.get(node);
    cotangents.set(node, sum === undefined ? cotangent : b.add(sum, cotangent));
  };
  for (const { output, cotangent } of seeds) receive(output, cotangent);
  for (const node of [...order].reverse()) {
    const cotangent = cotangents.get(node);
    const rule = rules[node.op] as Rule<Op> | 'leaf' | 'no gradient';
    if (cotangent === undefined || !active.has(node) || typeof rule === 'string') continue;
    node.args.forEach((arg, at) => {
      if (!active.has(arg)) return;
      const part = rule(b, node, cotangent, at);
      if (part !== undefined) receive(arg, unbroadcast(b, part, node, arg));
    });
  }
  return wanted.map((node) => cotangents.get(node));
}

/** Sums a cotangent over the axes that the node has and the argument lacks. */
function unbroadcast(b: Builder, cotangent: Node, node: Node, arg: Node): Node {
  if (node.op === 'toClass' || node.op === 'toChannel') return cotangent;
  const extra = node.axes.filter((axis) => !arg.axes.includes(axis));
  return b.sum(cotangent, extra, node);
}
