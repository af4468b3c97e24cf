/**
 * Makes the two volumes in data/ from two files of Debian's mricron-data package.
 *
 * Arguments: ch2bet.nii.gz, aal.nii.gz, output folder.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { classNames, classOf } from './classes.js';
import type { Volume } from './nifti.js';
import { readVolume } from './read-volume.js';

/** Halves a volume's resolution: `reduce` turns each 2x2x2 block into one voxel. */
function halve(volume: Volume, reduce: (block: readonly number[]) => number): Volume {
  const [x, y, z] = volume.dims;
  const dims = [Math.ceil(x / 2), Math.ceil(y / 2), Math.ceil(z / 2)] as const;
  const voxels = new Uint8Array(dims[0] * dims[1] * dims[2]);
  let at = 0;
  for (let k = 0; k < z; k += 2) {
    for (let j = 0; j < y; j += 2) {
      for (let i = 0; i < x; i += 2) {
        const block: number[] = [];
        // The last block of an odd axis is one voxel thick.
        for (let c = k; c < Math.min(k + 2, z); c += 1) {
          for (let b = j; b < Math.min(j + 2, y); b += 1) {
            for (let a = i; a < Math.min(i + 2, x); a += 1) {
              block.push(volume.voxels[a + x * (b + y * c)] ?? 0);
            }
          }
        }
        voxels[at] = reduce(block);
        at += 1;
      }
    }
  }
  return { dims, voxels, head: halveHead(volume.head, dims) };
}

/** Copies a NIfTI-1 header and patches its size, voxel size, unit and affine for half resolution. */
function halveHead(source: Uint8Array, dims: readonly number[]): Uint8Array {
  const head = source.slice();
  const view = new DataView(head.buffer);
  dims.forEach((count, axis) => {
    const dimAt = 40 + 2 * (axis + 1);
    const pixdimAt = 76 + 4 * (axis + 1);
    view.setInt16(dimAt, count, true);
    view.setFloat32(pixdimAt, 2 * view.getFloat32(pixdimAt, true), true);
  });
  const millimetre = 2;
  view.setUint8(123, millimetre);
  for (const row of [280, 296, 312]) {
    // A block's centre lies half a source voxel past its first voxel, along every axis.
    let origin = view.getFloat32(row + 12, true);
    for (const column of [0, 4, 8]) {
      const step = view.getFloat32(row + column, true);
      origin += step / 2;
      view.setFloat32(row + column, 2 * step, true);
    }
    view.setFloat32(row + 12, origin, true);
  }
  return head;
}

function mean(block: readonly number[]): number {
  return Math.round(block.reduce((sum, value) => sum + value, 0) / block.length);
}

/** The commonest class of a block; the lowest class wins a tie. */
function majority(block: readonly number[]): number {
  const counts = classNames.map((_, label) => block.filter((value) => value === label).length);
  return counts.indexOf(Math.max(...counts));
}

async function writeVolume(file: string, volume: Volume): Promise<void> {
  const packed = gzipSync(Buffer.concat([volume.head, volume.voxels]), { level: 9 });
  // Node leaves the time stamp zero; the system byte is set to 'unknown', alike everywhere.
  packed[9] = 255;
  await writeFile(file, packed);
}

const [t1File, atlasFile, folder] = process.argv.slice(2);
if (t1File === undefined || atlasFile === undefined || folder === undefined) {
  throw new Error('usage: make-data <ch2bet.nii.gz> <aal.nii.gz> <output folder>');
}
const t1 = await readVolume(t1File);
const atlas = await readVolume(atlasFile);
if (t1.dims.join() !== atlas.dims.join()) throw new Error('the two volumes differ in size');

const merged = atlas.voxels.map((region, at) => classOf(region, t1.voxels[at] ?? 0));
const labels = halve({ ...atlas, voxels: merged }, majority);
await writeVolume(join(folder, 't1.nii.gz'), halve(t1, mean));
await writeVolume(join(folder, 'labels.nii.gz'), labels);

classNames.forEach((name, label) => {
  const count = labels.voxels.reduce((sum, value) => sum + (value === label ? 1 : 0), 0);
  console.log(`${label} ${name}: ${count}`);
});
