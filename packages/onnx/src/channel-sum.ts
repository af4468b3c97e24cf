import { channelPosition } from './layout.js';
import { type Sized, sizes } from './sizes.js';
import { type Emission, integerList } from './value.js';

/**
 * The sum over the channels or classes of a tensor of voxels, which keeps the axis with size 1.
 *
 * It is a product with ones: runtimes sum over an axis in the middle voxel by voxel,
 * a product runs along the voxels and takes a third of the time. Products of float64 are left alone, see
 * `class-matrix.ts`.
 *
 * @param sizedLike - A tensor with as many channels or classes, whose size is read.
 */
export function channelSum(
  emission: Emission,
  x: string,
  sizedLike: Sized,
  wanted: string,
): string {
  const { graph, spatialRank, real } = emission;
  if (spatialRank !== 1 || real !== 'float') {
    return graph.node('ReduceSum', [x, integerList(emission, [channelPosition])], wanted, {
      keepdims: 1,
    });
  }
  const size = sizes(emission, sizedLike, 'channel');
  const shape = graph.node(
    'Concat',
    [integerList(emission, [1]), size],
    `${sizedLike.name}/ones-shape`,
    {
      axis: 0,
    },
  );
  const one = graph.constant(real, [], [1]);
  const ones = graph.node('Expand', [one, shape], `${sizedLike.name}/ones`);
  return graph.node('MatMul', [ones, x], wanted);
}
