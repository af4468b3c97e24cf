import type { Builder } from '../expression/builder.js';
import type { Node } from '../expression/node.js';

/** Stands for what is outside: no probability reaches it, so that no minimum or maximum takes it. */
const outside = 2 ** 100;

const dimensions = (rank: number): readonly number[] => Array.from({ length: rank }, (_, at) => at);

/** The neighbours on both sides count alike, also where they tie with each other or with x. */
function least(b: Builder, x: Node, dimension: number): Node {
  const beside = (by: number): Node => b.shift(x, { dimension, by, fill: outside });
  return b.min(x, b.min(beside(-1), beside(1)));
}

function largest(b: Builder, x: Node, dimension: number): Node {
  const beside = (by: number): Node => b.shift(x, { dimension, by, fill: -outside });
  return b.max(x, b.max(beside(-1), beside(1)));
}

/** The minimum over a voxel and its neighbours along the axes. */
function eroded(b: Builder, x: Node, rank: number): Node {
  return dimensions(rank)
    .map((dimension) => least(b, x, dimension))
    .reduce((a, c) => b.min(a, c));
}

/** The maximum over the 3 x 3 (x 3) voxels around, dimension by dimension. */
function dilated(b: Builder, x: Node, rank: number): Node {
  return dimensions(rank).reduce((image, dimension) => largest(b, image, dimension), x);
}

/** max(x, 0) with derivative 0 at 0, where most voxels are: a voxel that opening leaves gives x - x. */
function positive(b: Builder, x: Node): Node {
  return b.mul(x, b.less(b.real(0), x));
}

/**
 * The soft skeleton S(x) of maps with 2 or 3 spatial axes:
 *
 * ```
 * x_0 = x, x_{k+1} = erosion of x_k, d_k = relu(x_k - dilation of x_{k+1})
 * s_0 = d_0, s_{k+1} = s_k + relu(d_{k+1} - s_k d_{k+1}), S = s_iterations
 * ```
 *
 * Erosion takes minima along the axes, dilation maxima over the full neighbourhood; what is outside
 * counts in neither. At a tie of a minimum or maximum of two each has half of the gradient: of x
 * against its neighbours along a dimension, of those against each other, and of the dimensions in order.
 *
 * Source: Shit et al. 2021, arXiv:2003.07311, algorithm 1; MONAI `soft_skel`.
 */
export function softSkeleton(b: Builder, x: Node, rank: number, iterations: number): Node {
  const detail = (image: Node, erosion: Node): Node =>
    positive(b, b.sub(image, dilated(b, erosion, rank)));
  let image = x;
  let erosion = eroded(b, image, rank);
  let skeleton = detail(image, erosion);
  for (let step = 0; step < iterations; step += 1) {
    image = erosion;
    erosion = eroded(b, image, rank);
    const delta = detail(image, erosion);
    skeleton = b.add(skeleton, positive(b, b.sub(delta, b.mul(skeleton, delta))));
  }
  return skeleton;
}
