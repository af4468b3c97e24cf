import {
  type ClassMap,
  type NamedArray,
  type Node,
  type OpTable,
  opTable,
  opTableOf,
  scalar,
  sizeOf,
} from '@softdice/core';
import { argmaxError } from './argmax-error.js';
import { type Bounded, bounded, exact, lengthOver, summed } from './bounded.js';
import { origins } from './origins.js';
import type { Precision } from './precision.js';
import { logSoftmaxError, softmaxError } from './softmax-error.js';
import { softplusError } from './softplus-error.js';
import { topError } from './top-error.js';

/**
 * Running error analysis: for each op, the error of its rounded result from the errors of its
 * arguments (conditioning), its own rounding (dtype) and, for sums, the number of terms.
 *
 * A comparison whose sides overlap within their errors may go either way: its error is 1, so that
 * near a kink the bound grows by the jump of the gradient and nothing else. Copies of one computed
 * number are equal whatever its error, see {@link origins}.
 *
 * @param terms - Number of additions in a row when so many voxels are summed.
 * @param spatial - The sizes of the spatial axes, for shifts.
 */
export function errorRules(
  precision: Precision,
  terms: (voxels: number) => number,
  spatial: readonly number[] = [],
): OpTable<Bounded> {
  const { unit: u, underflow } = precision;
  const rounding = (value: number): number => u * Math.abs(value) + underflow;
  const constant = (value: NamedArray): Bounded => ({
    value,
    error: value.data.map((x) => (Number.isInteger(x) ? 0 : rounding(x))),
  });
  /** An exact result of exact arguments that float32 holds is not rounded. */
  const roundingOf = (result: number, slack: number): number =>
    slack === 0 && Math.fround(result) === result ? 0 : rounding(result);
  const plain = (arg: Bounded): NamedArray => arg.value;
  const copies = origins();
  const compared = (a: Bounded, b: Bounded, result: NamedArray): Bounded => {
    const same = copies.same(a, b, result);
    const wrong = bounded(result, [a, b], (_, [x, ex], [y, ey]) => {
      const slack = ex + ey;
      return slack > 0 && Math.abs(x - y) <= slack ? 1 : 0;
    });
    return { ...wrong, error: wrong.error.map((off, at) => (same(at) ? 0 : off)) };
  };

  return {
    input: (node) => {
      throw new TypeError(`input ${node.name} was not given`);
    },
    const: (node, args) => constant(opTable.const(node, args)),
    vector: (node, args) => constant(opTable.vector(node, args)),
    count: (node, [like]) => exact(opTable.count(node, [plain(like)])),
    index: (node, [like]) => exact(opTable.index(node, [plain(like)])),
    add: (node, [a, b]) =>
      bounded(
        opTable.add(node, [plain(a), plain(b)]),
        [a, b],
        (r, [, ex], [, ey]) => ex + ey + roundingOf(r, ex + ey),
      ),
    sub: (node, [a, b]) => {
      const value = opTable.sub(node, [plain(a), plain(b)]);
      const same = copies.same(a, b, value);
      const result = bounded(
        value,
        [a, b],
        (r, [, ex], [, ey]) => ex + ey + roundingOf(r, ex + ey),
      );
      return { ...result, error: result.error.map((off, at) => (same(at) ? 0 : off)) };
    },
    mul: (node, [a, b]) =>
      bounded(opTable.mul(node, [plain(a), plain(b)]), [a, b], (r, [x, ex], [y, ey]) =>
        isZero(node.args[0], x, ex) || isZero(node.args[1], y, ey)
          ? 0
          : times(Math.abs(x), ey) +
            times(Math.abs(y), ex) +
            times(ex, ey) +
            roundingOf(r, ex + ey),
      ),
    div: (node, [a, b]) =>
      bounded(opTable.div(node, [plain(a), plain(b)]), [a, b], (r, [x, ex], [y, ey]) => {
        if (isZero(node.args[0], x, ex)) return 0;
        const least = Math.abs(y) - ey;
        if (least <= 0) return Number.POSITIVE_INFINITY;
        return (ex + times(Math.abs(r), ey)) / least + rounding(r);
      }),
    max: (node, [a, b]) =>
      copies.chosen(
        bounded(opTable.max(node, [plain(a), plain(b)]), [a, b], (_, [x, ex], [y, ey]) =>
          x - ex > y + ey ? ex : y - ey > x + ex ? ey : Math.max(ex, ey),
        ),
        a,
        b,
        (x, y) => x >= y,
      ),
    min: (node, [a, b]) =>
      copies.chosen(
        bounded(opTable.min(node, [plain(a), plain(b)]), [a, b], (_, [x, ex], [y, ey]) =>
          x + ex < y - ey ? ex : y + ey < x - ex ? ey : Math.max(ex, ey),
        ),
        a,
        b,
        (x, y) => x <= y,
      ),
    less: (node, [a, b]) => compared(a, b, opTable.less(node, [plain(a), plain(b)])),
    equal: (node, [a, b]) => compared(a, b, opTable.equal(node, [plain(a), plain(b)])),
    pow: (node, [x]) => {
      const floor = floorOf(node.args[0]) * (1 - u);
      return bounded(opTable.pow(node, [plain(x)]), [x], (r, [value, error]) => {
        const power = (base: number): number => Math.max(base, 0) ** node.exponent;
        const spread = Math.max(
          Math.abs(power(value + error) - r),
          Math.abs(r - power(Math.max(value - error, floor))),
        );
        // Rounding the exponent k changes x^k by k log x of its relative error.
        const exponent = value > 0 ? Math.abs(node.exponent * Math.log(value)) : 0;
        return spread + (precision.pow + exponent) * rounding(r) + underflow;
      });
    },
    exp: (node, [x]) =>
      bounded(
        opTable.exp(node, [plain(x)]),
        [x],
        (r, [, error]) => times(r, Math.expm1(error)) + precision.exp * rounding(r),
      ),
    log: (node, [x]) =>
      bounded(opTable.log(node, [plain(x)]), [x], (r, [value, error]) =>
        error >= value
          ? Number.POSITIVE_INFINITY
          : -Math.log1p(-error / value) + precision.log * (rounding(r) + u),
      ),
    abs: (node, [x]) => ({ value: opTable.abs(node, [plain(x)]), error: x.error }),
    sign: (node, [x]) =>
      bounded(opTable.sign(node, [plain(x)]), [x], (_, [value, error]) =>
        error > 0 && Math.abs(value) <= error ? 2 : 0,
      ),
    sigmoid: (node, [x]) =>
      bounded(opTable.sigmoid(node, [plain(x)]), [x], (r, [value, error]) =>
        Math.abs(value) - error > precision.vanishes
          ? 0
          : Math.min(1, r * (1 - r) * Math.expm1(error)) +
            precision.sigmoid * rounding(r) +
            precision.sigmoidAbsolute * u,
      ),
    softplus: (node, [x]) => softplusError(x, opTable.softplus(node, [plain(x)]), precision),
    softmax: (node, [x]) => softmaxError(x, opTable.softmax(node, [plain(x)]), precision),
    logSoftmax: (node, [x]) => logSoftmaxError(x, opTable.logSoftmax(node, [plain(x)]), precision),
    sum: (node, [x]) => {
      const value = opTable.sum(node, [plain(x)]);
      const voxels = node.over.includes('voxel') ? sizeOf(plain(x), 'voxel') : 1;
      const others = lengthOver(
        plain(x),
        node.over.filter((axis) => axis !== 'voxel'),
      );
      const additions = terms(voxels) + others;
      const coarse = summed(x, value, coarseSize);
      const [arg] = node.args;
      // Whatever is selected, it is k in all: only the additions round.
      const isWhole = arg.op === 'top' && node.axes.length === 0;
      const error = summed(
        x,
        value,
        (element, slack) => (isWhole ? 0 : slack) + additions * rounding(element),
      );
      return { value, error: error.map((off, at) => ((coarse[at] ?? 0) < tooFine ? 0 : off)) };
    },
    // What is moved stays as it is; what is filled in is a constant.
    shift: (node, [x]) => {
      const { shift } = opTableOf(spatial);
      const outside = constant(scalar(node.fill)).error[0] ?? 0;
      const value = shift(node, [plain(x)]);
      const { data } = shift({ ...node, fill: outside }, [errorOf(x)]);
      return copies.moved({ value, error: data }, x, (origin) =>
        shift({ ...node, fill: 0 }, [origin]),
      );
    },
    // Each argument moves by at most the largest error, and so does the largest of them.
    peak: (node, [x]) => ({
      value: opTable.peak(node, [plain(x)]),
      error: opTable.peak(node, [errorOf(x)]).data,
    }),
    // Where a second channel may be as large within its error, any may be chosen.
    argmax: (node, [x]) => argmaxError(x, opTable.argmax(node, [plain(x)])),
    top: (node, [x]) => topError(x, node, opTable.top(node, [plain(x)]), rounding),
    toClass: (node, [x]) => {
      const times = (of: ClassMap, array: NamedArray): NamedArray =>
        opTable.toClass({ ...node, map: of }, [array]);
      return node.map.kind === 'matrix'
        ? weighed(x, node.map, times, sizeOf(plain(x), 'channel'), rounding)
        : mixed(x, (array) => times(node.map, array), rounding);
    },
    toChannel: (node, [x, like]) => {
      const times = (of: ClassMap, array: NamedArray): NamedArray =>
        opTable.toChannel({ ...node, map: of }, [array, plain(like)]);
      return node.map.kind === 'matrix'
        ? weighed(x, node.map, times, sizeOf(plain(x), 'class'), rounding)
        : mixed(x, (array) => times(node.map, array), rounding);
    },
  };
}

/** What a `max` with a constant surely reaches, exact or rounded; 0 for what else a power is taken of. */
function floorOf(node: Node): number {
  if (node.op !== 'max') return 0;
  return node.args.reduce(
    (most, arg) => (arg.op === 'const' ? Math.max(most, arg.value) : most),
    0,
  );
}

/** A comparison that surely fails: what it multiplies, or what divides it, does not even underflow. */
function isZero({ op }: Node, value: number, error: number): boolean {
  return (op === 'less' || op === 'equal') && value === 0 && error === 0;
}

/** A product of which 0 makes 0, also with an infinite error. */
function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

/** From this on a sum of multiples of 1/1024 may be rounded. */
const tooFine = 2 ** 13;

/** Small multiples of 1/1024 add without rounding in any order: counts and masks. Others are too fine. */
function coarseSize(element: number, slack: number): number {
  return slack === 0 && Number.isInteger(element * 2 ** 10) ? Math.abs(element) : tooFine;
}

/** The error of a product with zeros and ones: that of each addend, and a rounding of each addition, in any order. */
function mixed(
  x: Bounded,
  times: (array: NamedArray) => NamedArray,
  rounding: (value: number) => number,
): Bounded {
  const summed = (quantity: (element: number, slack: number) => number): Float64Array => {
    const data = x.value.data.map((element, at) => quantity(element, x.error[at] ?? 0));
    return times({ ...x.value, data }).data;
  };
  const addends = summed(() => 1);
  const coarse = summed(coarseSize);
  const largest = summed((element, slack) => Math.abs(element) + slack);
  const error = summed((_, slack) => slack).map((slack, at) => {
    const additions = (coarse[at] ?? 0) < tooFine ? 0 : Math.max(0, (addends[at] ?? 0) - 1);
    return slack + (additions === 0 ? 0 : additions * rounding(largest[at] ?? 0));
  });
  return { value: times(x.value), error };
}

/**
 * The error of a product with a matrix of coefficients: the product of the errors, and of each of n
 * addends a rounding of the coefficient, of the product and of n - 1 additions.
 */
function weighed(
  x: Bounded,
  map: ClassMap & { readonly kind: 'matrix' },
  times: (map: ClassMap, array: NamedArray) => NamedArray,
  addends: number,
  rounding: (value: number) => number,
): Bounded {
  const sizes: ClassMap = { ...map, rows: map.rows.map((row) => row.map(Math.abs)) };
  const slack = times(sizes, errorOf(x)).data;
  const largest = times(sizes, { ...x.value, data: x.value.data.map(Math.abs) }).data;
  const error = slack.map((off, at) => off + (addends + 1) * rounding((largest[at] ?? 0) + off));
  return { value: times(map, x.value), error };
}

function errorOf({ value, error }: Bounded): NamedArray {
  return { ...value, data: error };
}
