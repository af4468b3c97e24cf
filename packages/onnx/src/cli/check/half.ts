/** The bits of the nearest float16, ties to even; finite numbers only. */
export function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size >= 65520) return sign | 0x7c00;
  // Below 2^-14 the steps are all 2^-24.
  const exponent = Math.max(Math.floor(Math.log2(size || 2 ** -24)), -14);
  const steps = roundedToEven((size / 2 ** exponent) * 1024);
  return sign | ((exponent + 14) * 1024 + steps);
}

/** The number that float16 bits stand for. */
export function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, steps] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return steps === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? steps * 2 ** -24 : (1024 + steps) * 2 ** (exponent - 25));
}

function roundedToEven(value: number): number {
  const down = Math.floor(value);
  const rest = value - down;
  if (rest !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}
