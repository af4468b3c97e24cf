import type { Attributes } from '../expression/node.js';
import type { NamedArray } from './named-array.js';

/** `y[i] = x[i + by]` along one spatial dimension, `fill` where that is outside. */
export function shifted(
  x: NamedArray,
  { dimension, by, fill }: Attributes['shift'],
  spatial: readonly number[],
): NamedArray {
  const length = spatial[dimension];
  const voxels = spatial.reduce((product, size) => product * size, 1);
  if (length === undefined || x.data.length % voxels !== 0) {
    const place = `along dimension ${dimension} of voxels [${spatial}]`;
    throw new TypeError(`no shift ${place} in an array of shape [${x.shape}]`);
  }
  // The voxel axis is the last one, and its last dimension varies fastest.
  const inner = spatial.slice(dimension + 1).reduce((product, size) => product * size, 1);
  const data = x.data.map((_, at) => {
    const place = (Math.floor(at / inner) % length) + by;
    return place < 0 || place >= length ? fill : (x.data[at + by * inner] ?? fill);
  });
  return { ...x, data };
}
