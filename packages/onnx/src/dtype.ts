import type { ElementType } from './graph.js';

/** The element type of prediction, mask, gradient and targets that are no labels. */
export type Dtype = 'float32' | 'float16' | 'float64';

/** The element type of those tensors in the graph. */
export const tensorTypes: { readonly [D in Dtype]: ElementType } = {
  float32: 'float',
  float16: 'float16',
  float64: 'double',
};

/**
 * The element type in which everything is computed, and of loss, scores, statistics and cotangent.
 * Half precision ends at 65504, which a sum over the voxels of one image exceeds, and has no number
 * between 0 and 6e-8, so that it is read and written but not computed with.
 */
export const computedTypes: { readonly [D in Dtype]: 'float' | 'double' } = {
  float32: 'float',
  float16: 'float',
  float64: 'double',
};
