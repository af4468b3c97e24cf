/** Numbers with nine significant digits, which float32 has too, if not all of them right. */
export function digits(values: ArrayLike<number>): string {
  return Array.from(values, (value) => String(Number(value.toPrecision(9)))).join(' ');
}
