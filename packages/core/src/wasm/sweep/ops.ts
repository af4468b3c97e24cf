import type { NodeOf, OpTable } from '../../expression/node.js';
import { notPointwise } from '../../schedule/not-pointwise.js';
import type { Routine } from '../assembler/routine.js';
import { f32x4, i32x4, type V128, v128 } from '../assembler/values.js';
import { exp } from '../functions/exp.js';
import { log } from '../functions/log.js';
import { pow } from '../functions/pow.js';
import { sigmoid, softplus } from '../functions/sigmoid.js';
import { asReal, type Lanes, mask, real } from './lanes.js';

/** What each op does to four voxels at once. Leaves and what all channels are needed for lie in memory. */
export function laneOps(f: Routine): OpTable<Lanes> {
  const c = (value: number): V128 => f.constant(f32x4.const(value));
  const plain = (x: Lanes): V128 => asReal(f, x);
  const of = (value: V128): Lanes => real(f.keep(value));
  const binary =
    (op: (a: V128, b: V128) => V128) =>
    (_: unknown, [a, b]: readonly [Lanes, Lanes]): Lanes =>
      of(op(plain(a), plain(b)));
  const unary =
    (op: (f: Routine, x: V128) => V128) =>
    (_: unknown, [x]: readonly [Lanes]): Lanes =>
      real(op(f, plain(x)));
  return {
    ...notPointwise,
    const: (node) =>
      node.type === 'integer'
        ? { kind: 'integer', value: f.constant(i32x4.splatConst(node.value)) }
        : real(c(node.value)),
    add: binary(f32x4.add),
    sub: (node, [a, b]) => {
      const [from] = node.args;
      const complements = b.kind === 'mask' && from.op === 'const' && from.value === 1;
      return complements ? mask(f.keep(v128.not(b.value))) : binary(f32x4.sub)(node, [a, b]);
    },
    // A product with a comparison keeps the bits where it holds.
    mul: (node, [a, b]) => {
      if (a.kind === 'mask' && b.kind === 'mask') return mask(f.keep(v128.and(a.value, b.value)));
      if (a.kind === 'mask') return of(v128.and(plain(b), a.value));
      if (b.kind === 'mask') return of(v128.and(plain(a), b.value));
      return binary(f32x4.mul)(node, [a, b]);
    },
    div: binary(f32x4.div),
    max: binary(f32x4.pmax),
    min: binary(f32x4.pmin),
    less: (_, [a, b]) =>
      a.kind === 'integer' && b.kind === 'integer'
        ? mask(f.keep(i32x4.less(a.value, b.value)))
        : mask(f.keep(f32x4.less(plain(a), plain(b)))),
    equal: (_, [a, b]) =>
      a.kind === 'integer' && b.kind === 'integer'
        ? mask(f.keep(i32x4.equal(a.value, b.value)))
        : mask(f.keep(f32x4.equal(plain(a), plain(b)))),
    pow: (node, [x]) => real(pow(f, plain(x), node.exponent)),
    exp: (node, [x]) => real(exp(f, plain(x), isDepth(node) ? 'nonPositive' : 'any')),
    log: unary(log),
    abs: (_, [x]) => of(f32x4.abs(plain(x))),
    sign: (_, [x]) => {
      const value = plain(x);
      const below = v128.and(f32x4.less(value, c(0)), c(-1));
      return of(v128.or(below, v128.and(f32x4.less(c(0), value), c(1))));
    },
    sigmoid: unary(sigmoid),
    softplus: unary(softplus),
    // Maps of all channels change the name of the axis alone; others are matrices between loops.
    toClass: (_, [x]) => x,
    toChannel: (_, [x]) => x,
  };
}

/** Whether an exponential is of a difference to the largest of its channels. */
function isDepth({ args: [x] }: NodeOf<'exp'>): boolean {
  return x.op === 'sub' && x.args[1].op === 'peak' && x.args[1].args[0] === x.args[0];
}
