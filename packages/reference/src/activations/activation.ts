import type { OverlapTerm } from '../terms/overlap-term.js';
import { none } from './none.js';
import { sigmoid } from './sigmoid.js';
import { softmax } from './softmax.js';

/** Sizes of the prediction `[N, C, ...spatial]`, the spatial axes as one. */
export interface PredictionSizes {
  readonly samples: number;
  readonly channels: number;
  readonly voxels: number;
}

/** What turns the prediction into p, over all channels. */
export interface Activation {
  /** p from the prediction, both `[N, C, ...spatial]`. */
  readonly value: (prediction: Float64Array, sizes: PredictionSizes) => Float64Array;
  /** Derivative by the prediction of a function of p whose derivative by p is `slope`. */
  readonly pullback: (
    prediction: Float64Array,
    p: Float64Array,
    slope: Float64Array,
    sizes: PredictionSizes,
  ) => Float64Array;
}

/** Every activation by name. */
export const activations: { readonly [K in OverlapTerm['activation']]: Activation } = {
  softmax,
  sigmoid,
  none,
};
