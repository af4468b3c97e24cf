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

/** The slopes of any counting. */
export function slopesOf(b: Builder, p: Node, shape: Shape, counting: Counting): Slopes {
  return (rules[counting.kind] as SlopeRule<Counting['kind']>)(b, p, shape, counting);
}
