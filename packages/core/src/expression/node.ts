import type { ClassMap } from './class-map.js';

/**
 * The named axes. The network emits `channel`s; `class`es are scored. All spatial axes are one
 * `voxel` axis, so that an expression holds for any spatial rank and layout.
 */
export type Axis = 'sample' | 'channel' | 'class' | 'voxel';

/** The order in which axes are stored and printed. */
export const axisOrder: readonly Axis[] = ['sample', 'channel', 'class', 'voxel'];

/** Labels and indices are integers; everything else is real. Comparisons need equal types. */
export type NumberType = 'real' | 'integer';

type Nothing = Readonly<Record<never, never>>;

/** What a node of each op holds beside its arguments. The closed op set of the language. */
export interface Attributes {
  /** A tensor from outside. */
  readonly input: { readonly name: string };
  /** A scalar. */
  readonly const: { readonly value: number };
  /** One constant per class. */
  readonly vector: { readonly values: readonly number[] };
  /** The size of an axis of the argument; never differentiated. */
  readonly count: { readonly axis: Axis };
  /** 0, 1, 2 … along an axis of the argument; never differentiated. */
  readonly index: { readonly axis: Axis };
  readonly add: Nothing;
  readonly sub: Nothing;
  readonly mul: Nothing;
  readonly div: Nothing;
  /** The larger one; at a tie each gets half of the gradient. */
  readonly max: Nothing;
  /** The smaller one; at a tie each gets half of the gradient. */
  readonly min: Nothing;
  /** 1 where a < b, else 0; no gradient. */
  readonly less: Nothing;
  /** 1 where a = b, else 0; no gradient. */
  readonly equal: Nothing;
  /** x^exponent, x >= 0. */
  readonly pow: { readonly exponent: number };
  readonly exp: Nothing;
  readonly log: Nothing;
  readonly abs: Nothing;
  /** -1, 0 or 1; no gradient. */
  readonly sign: Nothing;
  readonly sigmoid: Nothing;
  /** log(1 + e^x) = -log sigmoid(-x), finite for every finite x. */
  readonly softplus: Nothing;
  /** Over the channels. */
  readonly softmax: Nothing;
  /** log softmax over the channels, exact where e^x underflows. */
  readonly logSoftmax: Nothing;
  /** Over the named axes, all of which the argument has. */
  readonly sum: { readonly over: readonly Axis[] };
  /** The largest value over the named axes, all of which the argument has; no gradient. */
  readonly peak: { readonly over: readonly Axis[] };
  /** The index of the largest value over the channels, the first of equal ones; no gradient. */
  readonly argmax: Nothing;
  /**
   * The neighbour `by` places further along a spatial dimension, `fill` outside: y[i] = x[i + by].
   * The dimensions are those of `[...spatial]`, which the voxel axis joins; they count from 0.
   */
  readonly shift: { readonly dimension: number; readonly by: number; readonly fill: number };
  /**
   * 1 for the k largest of all N values, 0 for the others; values tied with the k-th share the places
   * left, so that the sum is k. `k = max(1, floor(N perMillion / 10^6))`; no gradient.
   */
  readonly top: { readonly perMillion: number };
  /** Channels to classes by a constant matrix. */
  readonly toClass: { readonly map: ClassMap };
  /** Classes to channels by the transposed matrix; the second argument has the channels. */
  readonly toChannel: { readonly map: ClassMap };
}

export type Op = keyof Attributes;

type Unary = readonly [Node];
type Binary = readonly [Node, Node];

/** The arguments of each op. */
export interface Arguments {
  readonly input: readonly [];
  readonly const: readonly [];
  readonly vector: readonly [];
  readonly count: Unary;
  readonly index: Unary;
  readonly add: Binary;
  readonly sub: Binary;
  readonly mul: Binary;
  readonly div: Binary;
  readonly max: Binary;
  readonly min: Binary;
  readonly less: Binary;
  readonly equal: Binary;
  readonly pow: Unary;
  readonly exp: Unary;
  readonly log: Unary;
  readonly abs: Unary;
  readonly sign: Unary;
  readonly sigmoid: Unary;
  readonly softplus: Unary;
  readonly softmax: Unary;
  readonly logSoftmax: Unary;
  readonly sum: Unary;
  readonly peak: Unary;
  readonly argmax: Unary;
  readonly shift: Unary;
  readonly top: Unary;
  readonly toClass: Unary;
  readonly toChannel: Binary;
}

/** A frozen node of one op. */
export type NodeOf<O extends Op> = Attributes[O] & {
  readonly op: O;
  readonly args: Arguments[O];
  /** The axes that its value has, in {@link axisOrder}. */
  readonly axes: readonly Axis[];
  readonly type: NumberType;
};

/** A node of an expression. */
export type Node = { [O in Op]: NodeOf<O> }[Op];

/** One value for each op: how a backend says what it does, so that a missing op does not compile. */
export type OpTable<Value> = {
  readonly [O in Op]: (node: NodeOf<O>, args: ArgumentValues<O, Value>) => Value;
};

/** The values of a node's arguments, as many as the op has. */
export type ArgumentValues<O extends Op, Value> = Same<Arguments[O], Value>;

type Same<Tuple extends readonly unknown[], Value> = { readonly [I in keyof Tuple]: Value };

/** Looks up a node's entry in a table over the ops and applies it. */
export function applyOp<Value>(table: OpTable<Value>, node: Node, args: readonly Value[]): Value {
  const entry = table[node.op] as (node: Node, args: readonly Value[]) => Value;
  return entry(node, args);
}

/** Every node that the roots need, arguments before uses, each once. */
export function inOrder(roots: readonly Node[]): readonly Node[] {
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    for (const arg of node.args) visit(arg);
    seen.add(node);
  };
  for (const root of roots) visit(root);
  return [...seen];
}
