import type { Brain } from '../brain/brain.js';
import type { Slice } from '../brain/picture/slice.js';

/** Axial slices of one half of the brain, front up, the midline on the right. */
export interface Slices {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** T1 intensity, `[count, height, width]`. */
  readonly t1: Uint8Array;
  /** What the network sees, `[count, height, width, 4]`: intensity and position, about -1 to 1. */
  readonly images: Float32Array;
  /** Class of each voxel, `[count, height, width]`. */
  readonly labels: Int32Array;
}

/** Channels that the network sees: T1, and the position from left, from the front and from below. */
export const channels = 4;

/** What is cut out of a half, in voxels: the part around the deep structures. */
const part = { left: 12, back: 18, bottom: 8, width: 32, height: 64, depth: 52 } as const;

/**
 * The left half for training and the right half, mirrored, held out.
 *
 * Three columns at the midline belong to neither, so that no slice has a voxel that touches one of the
 * other half. It is one person's brain: the held-out half is alike, and scores are better than those of
 * another person's would be.
 */
export function halvesOf(brain: Brain): { readonly training: Slices; readonly heldOut: Slices } {
  const last = brain.size[2] - 1;
  return { training: cut(brain, (x) => x), heldOut: cut(brain, (x) => last - x) };
}

function cut({ size, t1, labels }: Brain, column: (x: number) => number): Slices {
  const { left, back, bottom, width, height, depth } = part;
  const places = Array.from({ length: depth * height * width }, (_, at) => {
    const [x, y, z] = positionOf(at);
    const row = back + height - 1 - y;
    return ((bottom + z) * size[1] + row) * size[2] + column(left + x);
  });
  const intensities = Uint8Array.from(places, (place) => t1[place] ?? 0);
  const images = new Float32Array(channels * places.length);
  intensities.forEach((intensity, at) => {
    const [x, y, z] = positionOf(at);
    images.set(
      [intensity / 100 - 0.5, centred(x, width), centred(y, height), centred(z, depth)],
      channels * at,
    );
  });
  return {
    count: depth,
    height,
    width,
    t1: intensities,
    images,
    labels: Int32Array.from(places, (place) => labels[place] ?? 0),
  };
}

function positionOf(at: number): readonly [x: number, y: number, z: number] {
  const { width, height } = part;
  return [at % width, Math.floor(at / width) % height, Math.floor(at / (width * height))];
}

/** -1 to 1 along an axis. */
function centred(at: number, length: number): number {
  return (2 * at + 1) / length - 1;
}

/** One slice of a value per voxel, to be drawn. */
export function sliceAt({ height, width }: Slices, values: ArrayLike<number>, at: number): Slice {
  const size = height * width;
  return {
    width,
    height,
    values: Array.from({ length: size }, (_, v) => values[at * size + v] ?? 0),
  };
}
