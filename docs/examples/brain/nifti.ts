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

/**
 * Reads an unpacked, little-endian uint8 NIfTI-1 file; throws for any other kind.
 *
 * @param unpacked The bytes of the file.
 * @param file Its name, for errors.
 */
export function parseVolume(unpacked: Uint8Array, file: string): Volume {
  // The copy gives the bytes a buffer of their own, which the reader asks for.
  const bytes = new Uint8Array(unpacked);
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
    throw new Error(`${file}: expected a little-endian uint8 NIfTI-1 volume, unscaled`);
  }
  const voxels = new Uint8Array(readImage(header, bytes.buffer));
  if (voxels.length !== x * y * z) {
    throw new Error(`${file}: ${voxels.length} voxels, expected ${x} x ${y} x ${z}`);
  }
  return { dims: [x, y, z], voxels, head: bytes.slice(0, header.vox_offset) };
}
