/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** In [0, 1). */
  readonly unit: () => number;
  /** One of the values. */
  readonly pick: <T>(values: readonly [T, ...T[]]) => T;
  /** A whole number from `least` to `most`. */
  readonly whole: (least: number, most: number) => number;
  readonly chance: (probability: number) => boolean;
}

/** Mulberry32: a counter, mixed by multiplications and shifts. */
export function random(seed: number): Random {
  let state = Math.trunc(seed) | 0;
  const unit = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    unit,
    pick: (values) => values[Math.floor(unit() * values.length)] ?? values[0],
    whole: (least, most) => least + Math.floor(unit() * (most - least + 1)),
    chance: (probability) => unit() < probability,
  };
}
