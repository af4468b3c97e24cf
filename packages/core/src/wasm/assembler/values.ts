import { type Code, float32Bytes, float64Bytes, int32Bytes, signed, unsigned } from './bytes.js';

/** The types of WebAssembly that kernels use. */
export type Type = 'i32' | 'v128';

/** Instructions that leave one value of a type. */
export interface Value<T extends Type> {
  readonly type: T;
  readonly code: Code;
}

export type I32 = Value<'i32'>;
/** Four float32, four int32 or two float64, as the instruction reads it. */
export type V128 = Value<'v128'>;

/** Instructions that leave nothing. */
export interface Statement {
  readonly type: 'nothing';
  readonly code: Code;
}

export function value<T extends Type>(type: T, ...code: readonly Code[]): Value<T> {
  return { type, code };
}

export function statement(...code: readonly Code[]): Statement {
  return { type: 'nothing', code };
}

type Binary<A extends Type, R extends Type = A> = (a: Value<A>, b: Value<A>) => Value<R>;
type Unary = (a: V128) => V128;

const i32Binary =
  (opcode: number): Binary<'i32'> =>
  (a, b) =>
    value('i32', a.code, b.code, opcode);
const simd = (opcode: number): Code => [0xfd, unsigned(opcode)];
const unary =
  (opcode: number): Unary =>
  (a) =>
    value('v128', a.code, simd(opcode));
const binary =
  (opcode: number): Binary<'v128'> =>
  (a, b) =>
    value('v128', a.code, b.code, simd(opcode));
const shift =
  (opcode: number): Shift =>
  (a, by) =>
    value('v128', a.code, i32.const(by).code, simd(opcode));

/** Alignment 1: what users give may start at any byte. */
const at = (offset: number): Code => [0, unsigned(offset)];

type Shift = (a: V128, by: number) => V128;
type Table<Names extends string, Instruction> = { readonly [N in Names]: Instruction };
type Load<T extends Type> = (address: I32, offset?: number) => Value<T>;
type Store<T extends Type> = (address: I32, x: Value<T>, offset?: number) => Statement;
type Constant = (x: number) => V128;

/** Scalar integers: addresses, counters, bytes. */
export const i32: Table<'add' | 'sub' | 'mul' | 'and' | 'shl' | 'lessThan', Binary<'i32'>> &
  Table<'load' | 'loadByte', Load<'i32'>> & {
    readonly const: (x: number) => I32;
    readonly store: Store<'i32'>;
  } = {
  const: (x) => value('i32', 0x41, signed(x)),
  add: i32Binary(0x6a),
  sub: i32Binary(0x6b),
  mul: i32Binary(0x6c),
  and: i32Binary(0x71),
  shl: i32Binary(0x74),
  lessThan: i32Binary(0x48),
  load: (address, offset = 0) => value('i32', address.code, 0x28, at(offset)),
  loadByte: (address, offset = 0) => value('i32', address.code, 0x2d, at(offset)),
  store: (address, x, offset = 0) => statement(address.code, x.code, 0x36, at(offset)),
};

/** All 128 bits, whatever they mean. */
export const v128: Table<'and' | 'andNot' | 'or', Binary<'v128'>> &
  Table<'load' | 'loadSplat', Load<'v128'>> & {
    readonly not: Unary;
    readonly store: Store<'v128'>;
    /** Bits of a where those of the mask are set, else of b. */
    readonly select: (a: V128, b: V128, mask: V128) => V128;
    /** Four 32-bit lanes out of the eight of a and b. */
    readonly lanes: (a: V128, b: V128, lanes: readonly number[]) => V128;
  } = {
  load: (address, offset = 0) => value('v128', address.code, simd(0x00), at(offset)),
  /** One 32-bit value in all four lanes. */
  loadSplat: (address, offset = 0) => value('v128', address.code, simd(0x09), at(offset)),
  store: (address, x, offset = 0) => statement(address.code, x.code, simd(0x0b), at(offset)),
  not: unary(0x4d),
  and: binary(0x4e),
  /** a and not b. */
  andNot: binary(0x4f),
  or: binary(0x50),
  select: (a, b, mask) => value('v128', a.code, b.code, mask.code, simd(0x52)),
  lanes: (a, b, lanes) => {
    const bytes = lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]);
    return value('v128', a.code, b.code, simd(0x0d), bytes);
  },
};

/** Four float32. */
export const f32x4: Table<
  'equal' | 'less' | 'add' | 'sub' | 'mul' | 'div' | 'pmin' | 'pmax',
  Binary<'v128'>
> &
  Table<'abs' | 'sqrt' | 'fromIntegers' | 'demote', Unary> & { readonly const: Constant } = {
  const: (x) => {
    const bytes = float32Bytes(x);
    return value('v128', simd(0x0c), [bytes, bytes, bytes, bytes]);
  },
  equal: binary(0x41),
  less: binary(0x43),
  abs: unary(0xe0),
  sqrt: unary(0xe3),
  add: binary(0xe4),
  sub: binary(0xe5),
  mul: binary(0xe6),
  div: binary(0xe7),
  /** b where b < a, else a: one instruction where `min` has to look for NaN. */
  pmin: binary(0xea),
  /** b where a < b, else a. */
  pmax: binary(0xeb),
  fromIntegers: unary(0xfa),
  /** The low two float64 in the low lanes, 0 in the others. */
  demote: unary(0x5e),
};

/** Four int32. */
export const i32x4: Table<'equal' | 'less' | 'greater' | 'add' | 'sub', Binary<'v128'>> &
  Table<'shiftLeft' | 'shiftRight', Shift> &
  Table<'fromFloats' | 'fromDoubles', Unary> & {
    readonly const: (...x: readonly [number, number, number, number]) => V128;
    readonly splatConst: Constant;
    readonly splat: (x: I32) => V128;
  } = {
  const: (...x) => value('v128', simd(0x0c), x.map(int32Bytes)),
  splatConst: (x) => i32x4.const(x, x, x, x),
  splat: (x) => value('v128', x.code, simd(0x11)),
  equal: binary(0x37),
  less: binary(0x39),
  greater: binary(0x3b),
  shiftLeft: shift(0xab),
  shiftRight: shift(0xac),
  add: binary(0xae),
  sub: binary(0xb1),
  /** Towards 0; what int32 cannot hold becomes its nearest end. */
  fromFloats: unary(0xf8),
  /** The two float64 as integers in the low lanes, 0 in the others. */
  fromDoubles: unary(0xfc),
};

/** Two float64. */
export const f64x2: Table<'add' | 'sub' | 'mul' | 'div' | 'pmin' | 'pmax', Binary<'v128'>> &
  Table<'nearest' | 'promote' | 'fromIntegers', Unary> & { readonly const: Constant } = {
  const: (x) => {
    const bytes = float64Bytes(x);
    return value('v128', simd(0x0c), [bytes, bytes]);
  },
  nearest: unary(0x94),
  add: binary(0xf0),
  sub: binary(0xf1),
  mul: binary(0xf2),
  div: binary(0xf3),
  pmin: binary(0xf6),
  pmax: binary(0xf7),
  /** Of the low two float32. */
  promote: unary(0x5f),
  /** Of the low two int32. */
  fromIntegers: unary(0xfe),
};
