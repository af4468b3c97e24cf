import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { parseVolume, type Volume } from './nifti.js';

/** Reads a gzipped, little-endian uint8 NIfTI-1 file; throws for any other kind. */
export async function readVolume(file: string | URL): Promise<Volume> {
  return parseVolume(gunzipSync(await readFile(file)), String(file));
}
