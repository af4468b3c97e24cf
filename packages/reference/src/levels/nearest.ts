import { nearestIndices } from '@softdice/core';
import { sizeOf, type Tensor } from '../tensor.js';

/** A tensor whose last axes have these sizes: at each position the nearest of its voxels. */
export function nearest(tensor: Tensor, spatial: readonly number[]): Tensor {
  const first = tensor.shape.length - spatial.length;
  return spatial.reduce((value, size, at) => alongAxis(value, first + at, size), tensor);
}

function alongAxis({ shape, data }: Tensor, axis: number, size: number): Tensor {
  const length = shape[axis] ?? 1;
  const inner = sizeOf(shape.slice(axis + 1));
  const outer = sizeOf(shape.slice(0, axis));
  const read = nearestIndices(length, size);
  const resized = new Float64Array(outer * size * inner);
  for (let at = 0; at < resized.length; at += 1) {
    const position = Math.floor(at / inner) % size;
    const block = Math.floor(at / (inner * size));
    const from = (block * length + (read[position] ?? 0)) * inner + (at % inner);
    resized[at] = data[from] ?? Number.NaN;
  }
  return { shape: [...shape.slice(0, axis), size, ...shape.slice(axis + 1)], data: resized };
}
