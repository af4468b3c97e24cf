import type { Bounded } from '../tolerance/bounded.js';
import type { Bounds } from './bounds.js';
import type { Outcome, Result } from './target.js';

/** The largest disagreement of two results. */
export interface Disagreement {
  readonly what: string;
  /** Absolute where the values are at most 1, else relative to the largest of them. */
  readonly off: number;
  /** The largest bound, in the units of `off`; large where a kink is near. */
  readonly bound: number;
  /** 1 is the bound. */
  readonly inBounds: number;
}

/** Compares two results element by element against the bounds of either. */
export function disagreement(
  what: string,
  received: Result,
  expected: Result,
  ...bounds: readonly Bounded[]
): Disagreement {
  if (received.shape.join() !== expected.shape.join()) {
    throw new Error(`${what}: shape [${received.shape}] instead of [${expected.shape}]`);
  }
  let [absolute, inBounds, scale, loosest] = [0, 0, 1, 0];
  for (let at = 0; at < expected.data.length; at++) {
    const [got = Number.NaN, wanted = Number.NaN] = [received.data[at], expected.data[at]];
    if (!Number.isFinite(got)) throw new Error(`${what}[${at}] is ${got} instead of ${wanted}`);
    const off = Math.abs(got - wanted);
    const bound = bounds.reduce(
      (sum, { error }) => sum + (error[error.length === 1 ? 0 : at] ?? 0),
      0,
    );
    absolute = Math.max(absolute, off);
    loosest = Math.max(loosest, bound);
    scale = Math.max(scale, Math.abs(wanted));
    inBounds = Math.max(inBounds, off === 0 ? 0 : off / bound);
  }
  return { what, off: absolute / scale, bound: loosest / scale, inBounds };
}

/** Compares everything that two outcomes hold. */
export function disagreements(
  received: Outcome,
  expected: Outcome,
  ...bounds: readonly Bounds[]
): readonly Disagreement[] {
  const of = (part: 'loss' | 'gradient' | 'scores'): Disagreement =>
    disagreement(part, received[part], expected[part], ...bounds.map((bound) => bound[part]));
  const statistics = Object.entries(expected.statistics).map(([name, wanted]) => {
    const got = received.statistics[name];
    if (got === undefined) throw new Error(`no statistic ${name}`);
    return disagreement(
      name,
      got,
      wanted,
      ...bounds.flatMap((bound) => bound.statistics[name] ?? []),
    );
  });
  return [of('loss'), of('scores'), of('gradient'), ...statistics];
}
