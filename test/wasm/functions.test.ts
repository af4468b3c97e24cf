import { functionModule, type KernelFunction } from '@softdice/core/wasm';
import { describe, expect, it } from 'vitest';

const batch = 2 ** 14;

/** A function over float32 numbers, as the kernels compute it. */
function kernel(name: KernelFunction): (x: Float32Array) => Float32Array {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(functionModule(name));
  const { map } = new WebAssembly.Instance(module, { env: { memory } }).exports;
  return (x) => {
    const view = new Float32Array(memory.buffer, 0, x.length);
    view.set(x);
    (map as (address: number, bytes: number) => void)(0, 4 * x.length);
    return view.slice();
  };
}

const one = (of: (x: Float32Array) => Float32Array, x: number): number =>
  of(Float32Array.of(x, x, x, x))[3] ?? Number.NaN;

/** Every so many-th float32 between two of the same sign, in batches. */
function* between(from: number, to: number, step: number): Generator<Float32Array> {
  const bits = new Uint32Array(Float32Array.of(from, to).buffer);
  const [a = 0, b = 0] = bits;
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  for (let at = low; at <= high; at += batch * step) {
    const patterns = Uint32Array.from({ length: batch }, (_, i) => Math.min(high, at + i * step));
    yield new Float32Array(patterns.buffer);
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
  for (const x of between(from, to, 1009)) {
    const y = of(x);
    for (let i = 0; i < x.length; i++) {
      const wanted = exact(x[i] ?? 0);
      const off = Math.abs((y[i] ?? Number.NaN) - wanted) / unit(wanted);
      if (!(off <= found.ulps)) found = { ulps: off, at: x[i] ?? 0 };
    }
  }
  return found;
}

function ulp(value: number): number {
  return 2 ** (Math.max(-126, Math.floor(Math.log2(Math.abs(value)))) - 23);
}

const log1p = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const logistic = (x: number): number => {
  const z = Math.exp(-Math.abs(x));
  return x < 0 ? z / (1 + z) : 1 / (1 + z);
};

describe('functions of the kernels, at every 1009th float32', () => {
  it('exp is within 2 ulp where float32 holds its result', () => {
    expect(worst('exp', Math.exp, -87.33654, -1e-40).ulps).toBeLessThan(2);
    expect(worst('exp', Math.exp, 1e-40, 88.72).ulps).toBeLessThan(2);
  });

  it('log is within 2 ulp, near 1 too', () => {
    expect(worst('log', Math.log, 1e-42, 3.4e38).ulps).toBeLessThan(2);
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
