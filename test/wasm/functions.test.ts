import { describe, expect, it } from 'vitest';
import { functionModule, type KernelFunction } from './function-module.js';

const batch = 2 ** 14;

/** Every so many-th float32 is tried; all of them by `SOFTDICE_STEP=1`, which takes minutes per function. */
const step = Number(process.env['SOFTDICE_STEP'] ?? 1009);

/** A function over float32 numbers, as the kernels compute it. */
function kernel(name: KernelFunction): (x: Float32Array) => Float32Array {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(functionModule(name));
  const { map } = new WebAssembly.Instance(module, { env: { memory } }).exports;
  return (x) => {
    const view = new Float32Array(memory.buffer, 0, x.length);
    view.set(x);
    (map as (address: number, bytes: number) => void)(0, 4 * x.length);
    return view;
  };
}

const one = (of: (x: Float32Array) => Float32Array, x: number): number =>
  of(Float32Array.of(x, x, x, x))[3] ?? Number.NaN;

/** Every so many-th float32 between two of the same sign, in batches; the last one is repeated. */
function* between(from: number, to: number): Generator<Float32Array> {
  const [a = 0, b = 0] = new Uint32Array(Float32Array.of(from, to).buffer);
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  const patterns = new Uint32Array(batch);
  const numbers = new Float32Array(patterns.buffer);
  for (let at = low; at <= high; at += batch * step) {
    for (let i = 0; i < batch; i++) patterns[i] = Math.min(high, at + i * step);
    yield numbers;
  }
}

interface Worst {
  readonly ulps: number;
  readonly at: number;
}

/** The largest error in units of the last place of the exact value; below 2^-126 in those of 2^-126. */
function worst(
  name: KernelFunction,
  exact: (x: number) => number,
  from: number,
  to: number,
  unit: (value: number) => number = ulp,
): Worst {
  const of = kernel(name);
  let found: Worst = { ulps: 0, at: 0 };
  for (const x of between(from, to)) {
    const y = of(x);
    for (let i = 0; i < x.length; i++) {
      const wanted = exact(x[i] ?? 0);
      const off = Math.abs((y[i] ?? Number.NaN) - wanted) / unit(wanted);
      // What is no number stays the worst.
      if (!(off <= found.ulps || Number.isNaN(found.ulps))) found = { ulps: off, at: x[i] ?? 0 };
    }
  }
  console.log(
    `${JSON.stringify(name)} from ${from} to ${to}: ${found.ulps.toFixed(3)} at ${found.at}`,
  );
  return found;
}

const halves = new Uint32Array(2);
const double = new Float64Array(halves.buffer);

function ulp(value: number): number {
  double[0] = value;
  // The exponent of the float64, as the bits of a float64 without mantissa.
  const exponent = ((halves[1] ?? 0) >>> 20) & 0x7ff;
  halves[0] = 0;
  halves[1] = (Math.max(-126 + 1023, exponent) - 23) << 20;
  return double[0] ?? Number.NaN;
}

const log1p = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const logistic = (x: number): number => {
  const z = Math.exp(-Math.abs(x));
  return x < 0 ? z / (1 + z) : 1 / (1 + z);
};

describe(`functions of the kernels, at every ${step}th float32`, () => {
  it('exp is within 2 ulp where float32 holds its result', () => {
    expect(worst('exp', Math.exp, -87.33654, -1e-40).ulps).toBeLessThan(2);
    expect(worst('exp', Math.exp, 1e-40, 88.7228).ulps).toBeLessThan(2);
  });

  it('exp is 0 below its range, infinite above, and 1 around 0', () => {
    const unit = (value: number): number => (value === 0 || value === 1 ? 1e-30 : 1);
    const infinite = (y: number): number => (y === Number.POSITIVE_INFINITY ? 0 : 1);
    expect(worst('exp', () => 0, -3.4028234e38, -87.3366, unit).ulps).toBe(0);
    const exp = kernel('exp');
    for (const x of between(88.7229, 3.4028234e38)) {
      expect(exp(x).reduce((sum, y) => sum + infinite(y), 0)).toBe(0);
    }
    expect(worst('exp', () => 1, -1e-10, -1e-45, unit).ulps).toBe(0);
    expect(worst('exp', () => 1, 1e-45, 1e-10, unit).ulps).toBe(0);
  });

  it('log is within 2 ulp, near 1 too', () => {
    expect(worst('log', Math.log, 1e-45, 3.4028234e38).ulps).toBeLessThan(2);
  });

  it('sigmoid is within 4 ulp', () => {
    expect(worst('sigmoid', logistic, -87, -1e-40).ulps).toBeLessThan(4);
    expect(worst('sigmoid', logistic, 1e-40, 1e4).ulps).toBeLessThan(4);
  });

  it('softplus is within 2 roundings of 1 and of its result', () => {
    const unit = (value: number): number => ulp(Math.max(1, value));
    expect(worst('softplus', log1p, -1e4, -1e-40, unit).ulps).toBeLessThan(2);
    expect(worst('softplus', log1p, 1e-40, 1e4, unit).ulps).toBeLessThan(2);
  });

  it.each([0.5, 1.5, 2, 3.5, 4.25, 0.3, 1 / 3, 1.1, 2.7, -0.75])('x^%d is within 3 ulp', (k) => {
    // From there on neither x nor its power leaves the normal numbers.
    const least = 2 ** (-120 / Math.max(1, Math.abs(k)));
    const found = worst({ kind: 'pow', exponent: k }, (x) => x ** k, least, 100);
    expect(found.ulps).toBeLessThan(3);
  });

  it('ends are what they should be', () => {
    const ends: readonly (readonly [KernelFunction, number, number])[] = [
      ['exp', 0, 1],
      ['exp', -1e4, 0],
      ['exp', Number.NEGATIVE_INFINITY, 0],
      ['exp', 1e4, Number.POSITIVE_INFINITY],
      ['exp', Number.NaN, Number.NaN],
      ['log', 1, 0],
      ['log', 0, Number.NEGATIVE_INFINITY],
      ['log', -1, Number.NaN],
      ['log', Number.NaN, Number.NaN],
      ['sigmoid', 1e4, 1],
      ['sigmoid', -1e4, 0],
      ['softplus', 1e4, 1e4],
      ['softplus', -1e4, 0],
      [{ kind: 'pow', exponent: 2 }, -3, 9],
      [{ kind: 'pow', exponent: 0.3 }, 0, 0],
      [{ kind: 'pow', exponent: 1.5 }, -1e-7, 0],
      [{ kind: 'pow', exponent: 0.3 }, -1e-7, 0],
      [{ kind: 'pow', exponent: 0.3 }, 1, 1],
    ];
    for (const [name, x, y] of ends) {
      expect([name, x, one(kernel(name), x)]).toEqual([name, x, y]);
    }
  });
});
