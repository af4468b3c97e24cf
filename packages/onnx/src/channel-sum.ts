import { channelPosition } from './layout.js';
import { type Emission, integerList } from './value.js';

/**
 * The sum over the channels or classes of a tensor of voxels, which keeps the axis with size 1.
 *
 * Where channels come first it is a product with ones: runtimes sum over an axis in the middle voxel by voxel,
 * a product runs along the voxels and takes a third of the time. Products of float64 are left alone, see
 * `class-matrix.ts`.
 *
 * @param sizedLike - A tensor with as many channels or classes, whose size is read.
 */
export function channelSum(
  emission: Emission,
  x: string,
  sizedLike: string,
  wanted: string,
): string {
  const { graph, layout, spatialRank, real } = emission;
  const position = channelPosition(emission);
  if (layout === 'channelsLast' || spatialRank !== 1 || real !== 'float') {
    return graph.node('ReduceSum', [x, integerList(emission, [position])], wanted, { keepdims: 1 });
  }
  const size = graph.node('Shape', [sizedLike], `${sizedLike}/channel-shape`, { start: 1, end: 2 });
  const shape = graph.node(
    'Concat',
    [integerList(emission, [1]), size],
    `${sizedLike}/ones-shape`,
    {
      axis: 0,
    },
  );
  const one = graph.constant(real, [], [1]);
  const ones = graph.node('Expand', [one, shape], `${sizedLike}/ones`);
  return graph.node('MatMul', [ones, x], wanted);
}
