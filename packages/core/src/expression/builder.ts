import type { ClassMap } from './class-map.js';
import { factored, scaling } from './constant-factor.js';
import { finite, is, isConst, share } from './constants.js';
import { interning, none } from './interning.js';
import {
  type Attributes,
  type Axis,
  axisOrder,
  type Node,
  type NodeOf,
  type NumberType,
} from './node.js';
import { having, source, without } from './source.js';

/** Which neighbour a voxel sees, and what stands for one outside. */
export type Shift = Attributes['shift'];

/** Makes nodes; equal nodes made by one builder are one object. */
export interface Builder {
  readonly input: (name: string, axes: readonly Axis[], type?: NumberType) => NodeOf<'input'>;
  readonly real: (value: number) => Node;
  readonly integer: (value: number) => Node;
  /** One constant per class. */
  readonly vector: (values: readonly number[], type?: NumberType) => Node;
  readonly count: (like: Node, axis: Axis) => Node;
  readonly index: (like: Node, axis: Axis) => Node;
  readonly ones: (like: Node, axis: Axis) => Node;
  readonly add: (a: Node, b: Node) => Node;
  readonly sub: (a: Node, b: Node) => Node;
  readonly mul: (a: Node, b: Node) => Node;
  readonly div: (a: Node, b: Node) => Node;
  readonly max: (a: Node, b: Node) => Node;
  readonly min: (a: Node, b: Node) => Node;
  readonly less: (a: Node, b: Node) => Node;
  readonly equal: (a: Node, b: Node) => Node;
  readonly pow: (x: Node, exponent: number) => Node;
  readonly exp: (x: Node) => Node;
  readonly log: (x: Node) => Node;
  readonly abs: (x: Node) => Node;
  readonly sign: (x: Node) => Node;
  readonly sigmoid: (x: Node) => Node;
  readonly softplus: (x: Node) => Node;
  readonly softmax: (x: Node) => Node;
  readonly logSoftmax: (x: Node) => Node;
  /** Sums over the axes; one that x lacks multiplies by its size in `like`. */
  readonly sum: (x: Node, over: readonly Axis[], like?: Node) => Node;
  /** The largest value over those of the axes that x has; never differentiated. */
  readonly peak: (x: Node, over: readonly Axis[]) => Node;
  /** The channel with the largest value, the first of equal ones; never differentiated. */
  readonly argmax: (x: Node) => Node;
  /** `x[i + by]` along a spatial dimension, `fill` outside; `like` has the voxels that x may lack. */
  readonly shift: (x: Node, by: Shift, like?: Node) => Node;
  /** Which of all values are the largest, so many of a million; never differentiated. */
  readonly top: (x: Node, perMillion: number) => Node;
  /** Channels to classes; `like` has the channel axis where x may lack it. */
  readonly toClass: (x: Node, map: ClassMap, like?: Node) => Node;
  /** Transposed {@link Builder.toClass}; `classes` has the class axis, which x may lack. */
  readonly toChannel: (x: Node, map: ClassMap, channels: Node, classes: Node) => Node;
}

/**
 * A builder of expressions.
 *
 * It folds constants and structural neutral elements only: 0 * x is folded where 0 is a constant
 * that no input can change. Constant factors are put where they cost least: out of sums, and into a factor that
 * has no voxels. Interning lives as long as the builder; there is no global table.
 */
export function builder(): Builder {
  const make = interning();

  const real = (value: number): Node => make('const', [], { value: finite(value) }, []);
  const integer = (value: number): Node =>
    make('const', [], { value: finite(value) }, [], 'integer');
  const sameType = (a: Node, b: Node): void => {
    if (a.type !== b.type)
      throw new TypeError(`${a.op} and ${b.op} have types ${a.type}, ${b.type}`);
  };
  const has = (node: Node, axis: Axis): boolean => node.axes.includes(axis);

  const pointwise = (
    op: 'add' | 'sub' | 'mul' | 'div' | 'max' | 'min' | 'less' | 'equal',
    a: Node,
    b: Node,
  ): Node => {
    sameType(a, b);
    const axes = axisOrder.filter((axis) => has(a, axis) || has(b, axis));
    return make(op, [a, b], none, axes);
  };
  const unary = (op: 'exp' | 'log' | 'abs' | 'sign' | 'sigmoid' | 'softplus', x: Node): Node =>
    make(op, [x], none, x.axes);
  const folded = (a: Node, b: Node, fold: (a: number, b: number) => number): Node | undefined =>
    isConst(a) && isConst(b) ? real(fold(a.value, b.value)) : undefined;

  const add = (a: Node, b: Node): Node => {
    const constant = folded(a, b, (x, y) => x + y);
    if (constant !== undefined) return constant;
    if (is(a, 0) || is(b, 0)) return is(a, 0) ? b : a;
    const [x, y] = [factored(a), factored(b)];
    if (y.factor === -1) return pointwise('sub', a, y.rest);
    return x.factor === -1 ? pointwise('sub', b, x.rest) : pointwise('add', a, b);
  };
  const sub = (a: Node, b: Node): Node => {
    const constant = folded(a, b, (x, y) => x - y);
    if (constant !== undefined) return constant;
    const y = factored(b);
    if (y.factor === -1) return add(a, y.rest);
    return is(b, 0) ? a : pointwise('sub', a, b);
  };
  const scaled = scaling(real, (a, b) => pointwise('mul', a, b));
  const mul = (a: Node, b: Node): Node => {
    const constant = folded(a, b, (x, y) => x * y);
    if (constant !== undefined) return constant;
    if (is(a, 0) || is(b, 0)) return real(0);
    if (isConst(a)) return scaled(a.value, b);
    if (isConst(b)) return scaled(b.value, a);
    const [x, y] = [factored(a), factored(b)];
    return scaled(x.factor * y.factor, pointwise('mul', x.rest, y.rest));
  };
  const div = (a: Node, b: Node): Node =>
    folded(a, b, (x, y) => x / y) ?? (is(b, 1) ? a : pointwise('div', a, b));
  const count = (like: Node, axis: Axis): Node => make('count', [source(like, axis)], { axis }, []);
  const index = (like: Node, axis: Axis): Node =>
    make('index', [source(like, axis)], { axis }, [axis], 'integer');
  const ones = (like: Node, axis: Axis): Node => pointwise('less', integer(-1), index(like, axis));
  /** A matrix needs its axis there: a value that lacks it is the same along it. */
  const filled = (x: Node, axis: Axis, like: Node): Node =>
    has(x, axis) ? x : mul(x, ones(like, axis));

  return {
    input: (name, axes, type = 'real') =>
      make(
        'input',
        [],
        { name },
        axisOrder.filter((axis) => axes.includes(axis)),
        type,
      ) as NodeOf<'input'>,
    real,
    integer,
    vector: (values, type = 'real') =>
      make('vector', [], { values: values.map(finite) }, ['class'], type),
    count,
    index,
    ones,
    add,
    sub,
    mul,
    div,
    max: (a, b) => pointwise('max', a, b),
    min: (a, b) => pointwise('min', a, b),
    less: (a, b) => pointwise('less', a, b),
    equal: (a, b) => pointwise('equal', a, b),
    pow: (x, exponent) => (exponent === 1 ? x : make('pow', [x], { exponent }, x.axes)),
    exp: (x) => unary('exp', x),
    log: (x) => unary('log', x),
    abs: (x) => unary('abs', x),
    sign: (x) => unary('sign', x),
    sigmoid: (x) => unary('sigmoid', x),
    softplus: (x) => unary('softplus', x),
    softmax: (x) => make('softmax', [having(x, 'channel')], none, x.axes),
    logSoftmax: (x) => make('logSoftmax', [having(x, 'channel')], none, x.axes),
    sum: (x, over, like) => {
      const present = axisOrder.filter((axis) => over.includes(axis) && has(x, axis));
      // Σ c x = c Σ x.
      const { factor, rest } = factored(x);
      const total =
        present.length === 0
          ? x
          : scaled(factor, make('sum', [rest], { over: present }, without(rest, present)));
      return over
        .filter((axis) => !has(x, axis))
        .reduce((sum, axis) => mul(sum, count(like ?? x, axis)), total);
    },
    peak: (x, over) => {
      const present = x.axes.filter((axis) => over.includes(axis));
      return present.length === 0 ? x : make('peak', [x], { over: present }, without(x, over));
    },
    argmax: (x) => make('argmax', [having(x, 'channel')], {}, without(x, ['channel']), 'integer'),
    shift: (x, { dimension, by, fill }, like) => {
      const full = filled(x, 'voxel', like ?? x);
      return make('shift', [full], { dimension, by, fill: finite(fill) }, full.axes);
    },
    top: (x, perMillion) => make('top', [x], { perMillion: share(perMillion) }, x.axes),
    toClass: (x, map, like) => {
      const full = filled(x, 'channel', like ?? x);
      const axes = full.axes.map((axis) => (axis === 'channel' ? 'class' : axis));
      return make('toClass', [full], { map }, axes);
    },
    toChannel: (x, map, channels, classes) => {
      const full = filled(x, 'class', classes);
      const axes = full.axes.map((axis) => (axis === 'class' ? 'channel' : axis));
      return make('toChannel', [full, source(channels, 'channel')], { map }, axes);
    },
  };
}
