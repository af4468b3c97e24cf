import type { CrossEntropyTerm } from './cross-entropy-term.js';

/** That a voxel has a class, or that it has not, at one value of a variable u. */
export interface Outcome {
  /** What the prediction gives it, and the derivative by u. */
  readonly q: number;
  readonly dq: number;
  /** `1 - q`, without cancellation. */
  readonly r: number;
  /** `-log q`, and the derivative by u. */
  readonly s: number;
  readonly ds: number;
}

/** What an outcome costs where it is the true one, and the derivative of that by u. */
export interface Cost {
  readonly value: (outcome: Outcome) => number;
  readonly slope: (outcome: Outcome) => number;
}

/** `k b^{k-1}`, 0 for k = 0. */
function powerSlope(base: number, exponent: number): number {
  return exponent === 0 ? 0 : exponent * base ** (exponent - 1);
}

/**
 * `F s^g` with the focal factor F; by u `F' s^g + F g s^{g-1} s'`.
 *
 * Source of the exponent g: Wong et al. 2018, arXiv:1809.00076, equation 3.
 */
export function costOf(term: CrossEntropyTerm): Cost {
  const { exponent: g } = term;
  const { value, slope } = factorOf(term);
  return {
    value: (outcome) => value(outcome) * outcome.s ** g,
    slope: (outcome) => {
      const { s, ds } = outcome;
      return slope(outcome) * s ** g + value(outcome) * powerSlope(s, g) * ds;
    },
  };
}

/**
 * `(1 - q)^γ`, by u `-γ (1 - q)^{γ-1} q'`; reduced with threshold h: 1 where q < h, else
 * `((1 - q) / h)^γ`, whose derivative is that of the plain one over h^γ.
 *
 * Source: Lin et al. 2017, arXiv:1708.02002, equation 4; Sergievskiy and Ponamarev 2019,
 * arXiv:1903.01347, equation 2 (segmentation_models.pytorch `reduced_threshold`).
 */
export function factorOf({ focus, modulation }: CrossEntropyTerm): Cost {
  const h = modulation.kind === 'reduced' ? modulation.threshold : undefined;
  const scale = h === undefined ? 1 : h ** -focus;
  const flat = ({ q }: Outcome): boolean => h !== undefined && q < h;
  if (focus === 0) return { value: () => 1, slope: () => 0 };
  return {
    value: (outcome) => (flat(outcome) ? 1 : scale * outcome.r ** focus),
    slope: (outcome) => (flat(outcome) ? 0 : -scale * powerSlope(outcome.r, focus) * outcome.dq),
  };
}
