/**
 * Sums `term(0) + … + term(count - 1)` with an error of about one rounding, whatever the count.
 *
 * Each addition's lost low-order part is kept in a second accumulator.
 * Source: Neumaier 1974 (ZAMM 54:39–51), the improved Kahan–Babuška sum.
 */
export function compensatedSum(count: number, term: (at: number) => number): number {
  let sum = 0;
  let lost = 0;
  for (let at = 0; at < count; at += 1) {
    const addend = term(at);
    const next = sum + addend;
    lost += Math.abs(sum) >= Math.abs(addend) ? sum - next + addend : addend - next + sum;
    sum = next;
  }
  return sum + lost;
}
