/** The largest number of half precision. */
export const largestHalf = 65_504;

/** The nearest number of half precision towards zero. */
export function halfTowardsZero(x: number): number {
  const size = Math.abs(x);
  if (size === 0) return x;
  const step = 2 ** (Math.max(Math.floor(Math.log2(size)), -14) - 10);
  return Math.sign(x) * Math.min(Math.floor(size / step) * step, largestHalf);
}

/** The bits of numbers that half precision holds. */
export function halfBits(values: Iterable<number>): Uint16Array {
  return Uint16Array.from(values, (x) => {
    const sign = x < 0 || Object.is(x, -0) ? 0x8000 : 0;
    const size = Math.abs(x);
    const exponent = Math.floor(Math.log2(size));
    return exponent < -14
      ? sign | (size * 2 ** 24)
      : sign | ((exponent + 15) << 10) | ((size / 2 ** exponent - 1) * 1024);
  });
}

/** The numbers that bits stand for. */
export function halfNumbers(bits: Iterable<number>): Float64Array {
  return Float64Array.from(bits, (word) => {
    const [exponent, fraction] = [(word >> 10) & 31, word & 1023];
    const sign = word & 0x8000 ? -1 : 1;
    if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}
