/** Numbers in [0, 1), the same for the same seed: mulberry32, a small generator of good quality. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    const spread = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed));
    return ((spread ^ (spread >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The numbers from 0 in random order (Fisher and Yates). */
export function shuffled(count: number, random: () => number): readonly number[] {
  const order = Array.from({ length: count }, (_, at) => at);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}

/** Which slices each step sees: every slice once before any comes again, in a new order each time. */
export function batchesOf(
  count: number,
  batch: number,
  steps: number,
  seed: number,
): readonly (readonly number[])[] {
  const random = randomOf(seed);
  let waiting: readonly number[] = [];
  return Array.from({ length: steps }, () => {
    if (waiting.length < batch) waiting = [...waiting, ...shuffled(count, random)];
    const taken = waiting.slice(0, batch);
    waiting = waiting.slice(batch);
    return taken;
  });
}
