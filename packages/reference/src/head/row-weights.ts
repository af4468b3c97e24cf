import type { Rules, Variant } from '../rules.js';
import type { OverlapTerm } from '../terms/overlap-term.js';

type Volume = Extract<OverlapTerm['weights'], { readonly kind: 'volume' }>;
type Absent = Volume['absent'];

/** The weights of the classes that share a row, from their masses. */
type RowRule = (masses: readonly number[], power: number) => readonly number[];

const overPower = (mass: number, power: number): number => 1 / mass ** power;

/** 0 for a class without mass, as `zero` weighs it and as MONAI does before it looks for the largest. */
function presentOnly(masses: readonly number[], power: number, floor: number): readonly number[] {
  return masses.map((mass) => (mass > 0 ? overPower(Math.max(mass, floor), power) : 0));
}

const rules: Rules<Absent, RowRule> = {
  zero:
    ({ floor }) =>
    (masses, power) =>
      presentOnly(masses, power, floor),
  // MONAI: w = 1 / T^2; w[isinf(w)] = 0; w + isinf * max(w)
  largest:
    ({ floor }) =>
    (masses, power) => {
      const known = presentOnly(masses, power, floor);
      const most = Math.max(...known);
      return known.map((weight, at) => (masses[at] === 0 ? most : weight));
    },
  // SegLossOdyssey: 1 / (T + 1e-10)^2; optax: 1 / (T^2 + 1e-7)
  epsilon:
    ({ epsilon, to }) =>
    (masses, power) =>
      masses.map((mass) =>
        to === 'mass' ? overPower(mass + epsilon, power) : 1 / (mass ** power + epsilon),
      ),
  // pytorch-3dunet: 1 / clamp(T^2, min = f^2)
  floor:
    ({ floor }) =>
    (masses, power) =>
      masses.map((mass) => overPower(Math.max(mass, floor), power)),
};

/**
 * The weights of the classes that share a row.
 *
 * Source: Sudre et al. 2017, arXiv:1707.03237; MONAI 1.5.0 `GeneralizedDiceLoss`;
 * SegLossOdyssey `GDiceLoss`; pytorch-3dunet 1.9 and optax, functions of that name.
 */
export function rowWeights<K extends Absent['kind']>(absent: Variant<Absent, K>): RowRule {
  return rules[absent.kind](absent);
}
