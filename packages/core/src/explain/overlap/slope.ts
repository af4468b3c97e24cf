import type { Builder } from '../../expression/builder.js';
import type { Node } from '../../expression/node.js';
import { type OverlapTerm, type Shape, tidy } from './shape.js';

type Counting = OverlapTerm['counting'];

/** How one voxel moves the ratio: derivatives of its numerator and denominator by its p. */
export interface Slope {
  readonly numerator: Node;
  readonly denominator: Node;
  /** The largest score up to which `numerator - s denominator` is not below 0, for any p. */
  readonly limit: number;
  /** Whether that difference is below 0 for some p and s only, at a voxel outside. */
  readonly mixed?: boolean;
}

/** The slopes at a voxel inside the target (t = 1) and at one outside (t = 0). */
export interface Slopes {
  readonly inside: Slope;
  readonly outside: Slope;
}

/** Builds the slopes of a counting over the node p. */
type SlopeRule<K extends Counting['kind']> = (
  b: Builder,
  p: Node,
  shape: Shape,
  counting: Extract<Counting, { readonly kind: K }>,
) => Slopes;

const infinite = Number.POSITIVE_INFINITY;

/** The score at which `gain = s cost`. */
function limitOf(gain: number, cost: number): number {
  return cost > 1e-12 ? tidy(gain / cost) : infinite;
}

// I and P grow with p inside, P alone outside.
const linear = (b: Builder, { gain, predicted, shared }: Shape): Slopes => {
  const cost = tidy(predicted + shared);
  return {
    inside: { numerator: b.real(gain), denominator: b.real(cost), limit: limitOf(gain, cost) },
    outside: { numerator: b.real(0), denominator: b.real(predicted), limit: infinite },
  };
};

const rules: { readonly [K in Counting['kind']]: SlopeRule<K> } = {
  product: (b, _, shape) => linear(b, shape),
  // min(p, t) is p inside and 0 outside.
  minimum: (b, _, shape) => linear(b, shape),
  // dP = k p^(k - 1)
  power: (b, p, { gain, predicted, shared }, { exponent: k }) => {
    const outside = b.mul(b.real(tidy(predicted * k)), b.pow(p, tidy(k - 1)));
    return {
      inside: {
        numerator: b.real(gain),
        denominator: k === 1 ? b.real(tidy(predicted + shared)) : b.add(b.real(shared), outside),
        limit: limitOf(gain, shared + predicted * k),
      },
      outside: {
        numerator: b.real(0),
        denominator: k === 1 ? b.real(predicted) : outside,
        limit: infinite,
      },
    };
  },
  // dI = (1 + g (1 - p)^(g - 1)) / 2 inside, between 1/2 and (1 + g) / 2, and (1 - g p^(g - 1)) / 2 outside
  'noise-robust': (b, p, shape, { exponent: g }) => {
    const { gain, predicted, shared } = shape;
    if (g === 1) return linear(b, shape);
    const slope = (sign: number, error: Node): Pick<Slope, 'numerator' | 'denominator'> => {
      const power = b.pow(error, tidy(g - 1));
      return {
        numerator: affine(b, gain / 2, (sign * gain * g) / 2, power),
        denominator: affine(b, predicted + shared / 2, (sign * shared * g) / 2, power),
      };
    };
    return {
      inside: { ...slope(1, b.sub(b.real(1), p)), limit: 1 },
      outside: { ...slope(-1, p), limit: infinite, mixed: true },
    };
  },
  // dI = 2 p and dFN = -2 (1 - p) inside, dFP = 2 p outside
  'squared-errors': (b, p, { gain, predicted, targeted }) => ({
    inside: {
      numerator: b.mul(b.real(2 * gain), p),
      denominator: b.sub(b.mul(b.real(tidy(2 * (gain + targeted))), p), b.real(tidy(2 * targeted))),
      limit: 1,
    },
    outside: {
      numerator: b.real(0),
      denominator: b.mul(b.real(2 * predicted), p),
      limit: infinite,
    },
  }),
};

/** `c + m x`, without what is 0. */
function affine(b: Builder, c: number, m: number, x: Node): Node {
  const part = b.mul(b.real(tidy(Math.abs(m))), x);
  return m < 0 ? b.sub(b.real(tidy(c)), part) : b.add(b.real(tidy(c)), part);
}

/** The slopes of any counting. */
export function slopesOf(b: Builder, p: Node, shape: Shape, counting: Counting): Slopes {
  return (rules[counting.kind] as SlopeRule<Counting['kind']>)(b, p, shape, counting);
}
