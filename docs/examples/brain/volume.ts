import { access } from 'node:fs/promises';

import { classNames } from './classes.js';
import { readVolume } from './nifti.js';

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
 * Loads the example brain.
 *
 * NIfTI stores x fastest, which is the row-major order of a [z, y, x] array, so nothing is moved:
 * voxel (x, y, z) is at `(z * size[1] + y) * size[2] + x`. Here x runs from left to right, y from
 * back to front and z from bottom to top.
 *
 * @param folder Folder of the two files, ending in a slash; by default the data folder of this
 *   example, found from the source as well as from its compiled copy.
 */
export async function loadBrain(folder?: URL): Promise<Brain> {
  const data = folder ?? (await findData());
  const t1 = await readVolume(new URL('t1.nii.gz', data));
  const labels = await readVolume(new URL('labels.nii.gz', data));
  if (t1.dims.join() !== labels.dims.join()) throw new Error('the two volumes differ in size');
  const [x, y, z] = t1.dims;
  return { size: [z, y, x], t1: t1.voxels, labels: labels.voxels, classNames };
}

/** Where the data may lie: beside the source, or reached from either place it may be compiled to. */
const places: readonly string[] = ['./data/', '../../brain/data/', '../../../examples/brain/data/'];

async function findData(): Promise<URL> {
  for (const place of places) {
    const folder = new URL(place, import.meta.url);
    const found = await access(new URL('t1.nii.gz', folder)).then(
      () => true,
      () => false,
    );
    if (found) return folder;
  }
  throw new Error('the example data were not found; name their folder');
}
