import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';

import { NIFTI1, readHeader, readImage } from 'nifti-reader-js';

/** One uint8 NIfTI-1 volume. */
export interface Volume {
  /** Voxels along x, y and z, the order in which the NIfTI header lists them. */
  readonly dims: readonly [number, number, number];
  /** The voxels, x fastest. */
  readonly voxels: Uint8Array;
  /** The bytes in front of the voxels: header and extension flag. */
  readonly head: Uint8Array;
}

/** Reads a gzipped, little-endian uint8 NIfTI-1 file; throws for any other kind. */
export async function readVolume(file: string | URL): Promise<Volume> {
  // The copy gives the bytes a buffer of their own, which the reader asks for.
  const bytes = new Uint8Array(gunzipSync(await readFile(file)));
  const header = readHeader(bytes.buffer);
  const [rank, x = 0, y = 0, z = 0] = header.dims;
  const plain = header.scl_slope === 1 && header.scl_inter === 0;
  if (
    !(header instanceof NIFTI1) ||
    header.datatypeCode !== NIFTI1.TYPE_UINT8 ||
    !header.littleEndian ||
    !plain ||
    rank !== 3
  ) {
    throw new Error(`${String(file)}: expected a little-endian uint8 NIfTI-1 volume, unscaled`);
  }
  const voxels = new Uint8Array(readImage(header, bytes.buffer));
  if (voxels.length !== x * y * z) {
    throw new Error(`${String(file)}: ${voxels.length} voxels, expected ${x} x ${y} x ${z}`);
  }
  return { dims: [x, y, z], voxels, head: bytes.slice(0, header.vox_offset) };
}
