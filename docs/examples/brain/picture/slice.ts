/** An axial slice, front up and left on the left: row by row from the front, each from the left. */
export interface Slice {
  readonly width: number;
  readonly height: number;
  readonly values: readonly number[];
}

/** A part of a slice, in voxels. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Cuts an axial slice out of a volume whose x runs from left to right and y from back to front.
 *
 * @param volume Row-major `[z, y, x]`, or `[channel, z, y, x]`.
 * @param size The volume's `[z, y, x]`.
 */
export function axialSlice(
  volume: ArrayLike<number>,
  size: readonly [number, number, number],
  z: number,
  channel = 0,
): Slice {
  const [depth, height, width] = size;
  const start = (channel * depth + z) * height * width;
  const values = Array.from({ length: height * width }, (_, at) => {
    const row = Math.floor(at / width);
    return volume[start + (height - 1 - row) * width + (at % width)] ?? 0;
  });
  return { width, height, values };
}

/** The value of a voxel, 0 outside the slice. */
export function valueAt({ width, height, values }: Slice, x: number, y: number): number {
  const inside = x >= 0 && x < width && y >= 0 && y < height;
  return inside ? (values[y * width + x] ?? 0) : 0;
}

/** Per voxel, the index of the slice with the largest value; the first of equals. */
export function decide(slices: readonly Slice[]): Slice {
  const [first] = slices;
  if (first === undefined) throw new Error('nothing to decide from');
  const values = first.values.map((_, at) => {
    const candidates = slices.map(({ values }) => values[at] ?? Number.NEGATIVE_INFINITY);
    return candidates.indexOf(Math.max(...candidates));
  });
  return { ...first, values };
}

/** The smallest window of even size that holds every voxel that `wanted` picks. */
export function windowOf(slice: Slice, wanted: (value: number) => boolean): Window {
  const found = slice.values.flatMap((value, at) => (wanted(value) ? [at] : []));
  const columns = found.map((at) => at % slice.width);
  const left = Math.min(...columns);
  const top = Math.floor(Math.min(...found) / slice.width);
  const even = (count: number): number => 2 * Math.ceil(count / 2);
  return {
    left,
    top,
    width: even(Math.max(...columns) - left + 1),
    height: even(Math.floor(Math.max(...found) / slice.width) - top + 1),
  };
}

/** A window of another size with the same centre, to the voxel. */
export function resized(window: Window, width: number, height: number): Window {
  const left = window.left + Math.round((window.width - width) / 2);
  const top = window.top + Math.round((window.height - height) / 2);
  return { left, top, width, height };
}

/** The part of a slice that a window shows. */
export function cropped(slice: Slice, { left, top, width, height }: Window): Slice {
  const values = Array.from({ length: width * height }, (_, at) =>
    valueAt(slice, left + (at % width), top + Math.floor(at / width)),
  );
  return { width, height, values };
}
