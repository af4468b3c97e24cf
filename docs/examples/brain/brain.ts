import { classNames } from './classes.js';
import type { Volume } from './nifti.js';

/** The example brain: T1 intensities and their labels, on one 2 mm grid. */
export interface Brain {
  /** Voxels along [z, y, x], the shape of both arrays as [depth, height, width]. */
  readonly size: readonly [number, number, number];
  /** T1 intensity in arbitrary units, 0 outside the brain; row-major, so x is fastest. */
  readonly t1: Uint8Array;
  /** Class of each voxel, an index into `classNames`; laid out like `t1`. */
  readonly labels: Uint8Array;
  /** Name of each class. */
  readonly classNames: readonly string[];
}

/**
 * A brain from its two volumes.
 *
 * NIfTI stores x fastest, which is the row-major order of a [z, y, x] array, so nothing is moved:
 * voxel (x, y, z) is at `(z * size[1] + y) * size[2] + x`. Here x runs from left to right, y from
 * back to front and z from bottom to top.
 */
export function brainOf(t1: Volume, labels: Volume): Brain {
  if (t1.dims.join() !== labels.dims.join()) throw new Error('the two volumes differ in size');
  const [x, y, z] = t1.dims;
  return { size: [z, y, x], t1: t1.voxels, labels: labels.voxels, classNames };
}
