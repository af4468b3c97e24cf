import { evaluate } from '@softdice/reference';
import { interpreted } from './core-judge.js';
import type { PeerLoss } from './peer-loss.js';

/** Loss and gradient, row-major and channels first. */
export interface Evaluated {
  readonly loss: ArrayLike<number>;
  readonly gradient: ArrayLike<number>;
}

/** Something that evaluates specs, and how far its numbers may be from a peer's float64. */
export interface Judge {
  readonly name: string;
  /** With `factors` the gradient is that of their product with the loss, summed. */
  readonly evaluated: (loss: PeerLoss, factors: readonly number[] | undefined) => Evaluated;
  /** The largest error of any element of an array with this largest magnitude. */
  readonly tolerance: (scale: number) => number;
}

/** float64 against float64: rounding of a few hundred sums, and of values printed in full. */
const float64 = (scale: number): number => Math.max(1e-10 * scale, 1e-12);

/** All that evaluates specs. */
export const judges: readonly Judge[] = [
  { name: 'core', evaluated: interpreted, tolerance: float64 },
  {
    name: 'reference',
    evaluated: ({ spec, prediction, target, mask }, factors) => {
      const inputs = { prediction, target, mask };
      const { loss, gradient } = evaluate(spec, inputs);
      if (factors === undefined) return { loss: loss.data, gradient: gradient.data };
      const cotangent = { shape: loss.shape, data: factors };
      return { loss: loss.data, gradient: evaluate(spec, { ...inputs, cotangent }).gradient.data };
    },
    tolerance: float64,
  },
];
