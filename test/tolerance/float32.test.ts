import {
  type Axis,
  type ClassMap,
  execute,
  type NamedArray,
  type OpTable,
  opTable,
  opTableOf,
} from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Case, cases } from '../arbitraries/batch.js';
import { boundsOf, namedInputs, programOf } from '../conformance/bounds.js';
import { disagreements } from '../conformance/compare.js';
import { interpreter } from '../conformance/interpreter.js';
import type { Outcome } from '../conformance/target.js';
import { float32, float64 } from './precision.js';

/** Rounds every element to float32. */
const rounded = (x: NamedArray): NamedArray => ({ ...x, data: x.data.map(Math.fround) });

/** A float32 machine: every result of every op is rounded, and every addition within one. */
function float32Table(spatial: readonly number[]): OpTable<NamedArray> {
  const { exp, sub, add, div } = opTable;
  return {
    input: opTable.input,
    const: (node, args) => rounded(opTable.const(node, args)),
    vector: (node, args) => rounded(opTable.vector(node, args)),
    count: opTable.count,
    index: opTable.index,
    add: (node, args) => rounded(add(node, args)),
    sub: (node, args) => rounded(sub(node, args)),
    mul: (node, args) => rounded(opTable.mul(node, args)),
    div: (node, args) => rounded(div(node, args)),
    max: opTable.max,
    min: opTable.min,
    less: opTable.less,
    equal: opTable.equal,
    pow: (node, args) => rounded(opTable.pow(node, args)),
    exp: (node, args) => rounded(exp(node, args)),
    log: (node, args) => rounded(opTable.log(node, args)),
    abs: opTable.abs,
    sign: opTable.sign,
    sigmoid: (_, [x]) => ({ ...x, data: x.data.map(sigmoid) }),
    softplus: (_, [x]) => ({ ...x, data: x.data.map(softplus) }),
    softmax: (_, [x]) => softmax(x, ({ raised, total }) => raised / total),
    logSoftmax: (_, [x]) => softmax(x, ({ depth, total }) => depth - Math.fround(Math.log(total))),
    sum: (node, [x]) => summed(x, node.over, spatial),
    shift: (node, args) => rounded(opTableOf(spatial).shift(node, args)),
    peak: opTable.peak,
    argmax: opTable.argmax,
    top: (node, args) => rounded(opTable.top(node, args)),
    toClass: (node, args) => oneByOne(node.map, (map) => opTable.toClass({ ...node, map }, args)),
    toChannel: (node, args) =>
      oneByOne(node.map, (map) => opTable.toChannel({ ...node, map }, args)),
  };
}

/** A product with zeros and ones, or with a matrix, column by column: every addition is rounded. */
function oneByOne(map: ClassMap, product: (map: ClassMap) => NamedArray): NamedArray {
  if (map.kind === 'all' || map.kind === 'foreground') return product(map);
  const { kind, rows } = map;
  const columns = [...new Set(rows.flatMap((row) => (kind === 'rows' ? row : [...row.keys()])))];
  return columns
    .map((column) =>
      kind === 'rows'
        ? rows.map((row) => row.filter((channel) => channel === column))
        : rows.map((row) => row.map((factor, at) => (at === column ? factor : 0))),
    )
    .map((part) => rounded(product({ kind, rows: part })))
    .reduce(plus);
}

function plus(a: NamedArray, b: NamedArray): NamedArray {
  return rounded({ ...a, data: a.data.map((value, at) => value + (b.data[at] ?? 0)) });
}

function sigmoid(x: number): number {
  return Math.fround(1 / Math.fround(1 + Math.fround(Math.exp(-x))));
}

function softplus(x: number): number {
  const total = Math.fround(1 + Math.fround(Math.exp(-Math.abs(x))));
  return Math.fround(Math.max(x, 0) + Math.fround(Math.log(total)));
}

interface SoftmaxParts {
  readonly depth: number;
  readonly raised: number;
  readonly total: number;
}

function softmax(x: NamedArray, result: (parts: SoftmaxParts) => number): NamedArray {
  const { outer, length, inner } = strides(x, 'channel');
  const data = new Float64Array(x.data.length);
  for (let group = 0; group < outer * inner; group++) {
    const first = Math.floor(group / inner) * length * inner + (group % inner);
    const at = Array.from({ length }, (_, channel) => first + channel * inner);
    const peak = Math.max(...at.map((position) => x.data[position] ?? 0));
    const depths = at.map((position) => Math.fround((x.data[position] ?? 0) - peak));
    const raised = depths.map((depth) => Math.fround(Math.exp(depth)));
    const total = raised.reduce((sum, value) => Math.fround(sum + value), 0);
    at.forEach((position, channel) => {
      const [depth = 0, power = 0] = [depths[channel], raised[channel]];
      data[position] = Math.fround(result({ depth, raised: power, total }));
    });
  }
  return { ...x, data };
}

/** Sums axis by axis, the spatial axes one after the other as well, rounding every addition. */
function summed(x: NamedArray, over: readonly Axis[], spatial: readonly number[]): NamedArray {
  return over.reduce((rest, axis) => {
    const { outer, length, inner } = strides(rest, axis);
    const lengths = axis === 'voxel' ? spatial.toReversed() : [length];
    const data = lengths.reduce((values, size) => summedRuns(values, size, inner), rest.data);
    if (data.length !== outer * inner) throw new Error('the spatial sizes do not fit the voxels');
    const axes = rest.axes.filter((kept) => kept !== axis);
    return { axes, shape: rest.shape.filter((_, at) => rest.axes[at] !== axis), data };
  }, x);
}

/** Sums runs of so many elements, each `inner` apart. */
function summedRuns(values: Float64Array, size: number, inner: number): Float64Array {
  return Float64Array.from({ length: values.length / size }, (_, at) => {
    const first = Math.floor(at / inner) * size * inner + (at % inner);
    let total = 0;
    for (let step = 0; step < size; step++) {
      total = Math.fround(total + (values[first + step * inner] ?? 0));
    }
    return total;
  });
}

function strides(x: NamedArray, axis: Axis): { outer: number; length: number; inner: number } {
  const at = x.axes.indexOf(axis);
  const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);
  return {
    outer: product(x.shape.slice(0, at)),
    length: x.shape[at] ?? 1,
    inner: product(x.shape.slice(at + 1)),
  };
}

/** What the float32 machine says about a case. */
function evaluated(drawn: Case): Outcome {
  const { whole, statistics } = programOf(drawn);
  const inputs = namedInputs(drawn);
  const scores = whole.terms[0]?.scores ?? whole.loss;
  const nodes = [whole.loss, whole.gradient, scores, ...statistics.map(({ node }) => node)];
  const one: NamedArray = { axes: [], shape: [], data: Float64Array.of(1) };
  const table = float32Table(drawn.batch.prediction.shape.slice(2));
  const values = execute(table, nodes, (name) => (name === 'cotangent' ? one : inputs[name]));
  const result = (at: number): NamedArray => values[at] ?? one;
  return {
    loss: result(0),
    gradient: { shape: drawn.batch.prediction.shape, data: result(1).data },
    scores: result(2),
    statistics: Object.fromEntries(statistics.map(({ name }, at) => [name, result(3 + at)])),
  };
}

describe('a simulated float32 machine', () => {
  const runs = 1000;
  it(`stays within the float32 bounds (${runs} cases)`, async () => {
    const largest = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(cases(), async (drawn) => {
        const exact = await interpreter.evaluate(drawn.spec, drawn.batch);
        const bounds = [boundsOf(drawn, float32), boundsOf(drawn, float64)];
        const found = disagreements(evaluated(drawn), exact, ...bounds);
        for (const { what, inBounds } of found) {
          const part = what.includes('.') ? 'statistics' : what;
          largest.set(part, Math.max(largest.get(part) ?? 0, inBounds));
        }
        expect(found.filter(({ inBounds }) => inBounds > 1)).toEqual([]);
      }),
      { numRuns: runs, seed: 32 },
    );
    const shares = [...largest].map(([what, share]) => `${what} ${share.toFixed(2)}`);
    console.log(`largest errors of simulated float32, in bounds: ${shares.join(', ')}`);
    // Bounds that are never nearly reached would be of no use.
    for (const [what, share] of largest) expect(share, what).toBeGreaterThan(0.02);
  });
});
