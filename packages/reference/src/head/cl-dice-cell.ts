/** The voxel sums of a cell: w S(p) t, w S(p), w S(t) p and w S(t), S the skeleton. */
export interface Sums {
  readonly Spt: number;
  readonly Sp: number;
  readonly Stp: number;
  readonly St: number;
}

/** clDice of a cell and its derivatives by the sums that the prediction moves. */
export interface ClDiceCell {
  readonly score: number;
  readonly slopes: Omit<Sums, 'St'>;
}

/**
 * `h = 2 a c / (a + c)` of precision `a = (Spt + s) / (Sp + s)` and sensitivity
 * `c = (Stp + s) / (St + s)`.
 *
 * `∂h/∂a = 2 c² / (a + c)²`, `∂h/∂c = 2 a² / (a + c)²`; `∂a/∂Spt = 1 / (Sp + s)`,
 * `∂a/∂Sp = -a / (Sp + s)`, `∂c/∂Stp = 1 / (St + s)`.
 *
 * Source: Shit et al. 2021, arXiv:2003.07311, equations 1 to 3.
 */
export function clDiceCell({ Spt, Sp, Stp, St }: Sums, s: number): ClDiceCell {
  const [a, c] = [(Spt + s) / (Sp + s), (Stp + s) / (St + s)];
  const [ofA, ofC] = [c / (a + c), a / (a + c)];
  const byPrecision = (2 * ofA * ofA) / (Sp + s);
  return {
    score: 2 * a * ofA,
    slopes: {
      Spt: byPrecision,
      Sp: -a * byPrecision,
      Stp: (2 * ofC * ofC) / (St + s),
    },
  };
}
