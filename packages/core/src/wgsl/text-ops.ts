import type { OpTable } from '../expression/node.js';
import { absent, notPointwise } from '../schedule/not-pointwise.js';

/** A number of float32, as it is written in WGSL. */
export function literal(value: number): string {
  return value < 0 || Object.is(value, -0) ? `(-${-value}f)` : `${value}f`;
}

/**
 * What each op is in WGSL, of arguments that are written down. Everything is float32, labels too, which
 * are exact up to 2^24.
 */
export const textOps: OpTable<string> = {
  ...notPointwise,
  toClass: absent,
  toChannel: absent,
  const: ({ value }) => literal(value),
  add: (_, [a, b]) => `${a} + ${b}`,
  sub: (_, [a, b]) => `${a} - ${b}`,
  mul: (_, [a, b]) => `${a} * ${b}`,
  div: (_, [a, b]) => `${a} / ${b}`,
  max: (_, [a, b]) => `max(${a}, ${b})`,
  min: (_, [a, b]) => `min(${a}, ${b})`,
  less: (_, [a, b]) => `select(0f, 1f, ${a} < ${b})`,
  equal: (_, [a, b]) => `select(0f, 1f, ${a} == ${b})`,
  pow: ({ exponent }, [x]) => power(x, exponent),
  exp: (_, [x]) => `exp(${x})`,
  log: (_, [x]) => `log(${x})`,
  abs: (_, [x]) => `abs(${x})`,
  sign: (_, [x]) => `sign(${x})`,
  // Of e^-|x|, which cannot overflow: a shader may take it that nothing is infinite.
  sigmoid: (_, [x]) => `select(exp(${x}), 1f, ${x} >= 0f) / (1f + exp(-abs(${x})))`,
  softplus: (_, [x]) => `max(${x}, 0f) + log(1f + exp(-abs(${x})))`,
};

/** Whole powers by products, which are exact; x >= 0 but for rounding. */
function power(x: string, exponent: number): string {
  return Number.isInteger(exponent) && exponent >= 1 && exponent <= 16
    ? Array.from({ length: exponent }, () => x).join(' * ')
    : `select(pow(${x}, ${literal(exponent)}), 0f, ${x} <= 0f)`;
}
