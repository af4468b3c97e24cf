import type { Colour, Drawing, Rectangle } from './drawing.js';
import { type Slice, valueAt } from './slice.js';

/** Draws a slice, every voxel as a square of `scale` pixels. */
export function drawVoxels(
  { width, values }: Slice,
  scale: number,
  colourOf: (value: number, at: number) => Colour,
): Drawing {
  return values.map((value, at) => ({
    left: scale * (at % width),
    top: scale * Math.floor(at / width),
    width: scale,
    height: scale,
    colour: colourOf(value, at),
  }));
}

/** Draws a dot amid every voxel that `wanted` picks, small enough to leave its colour visible. */
export function drawDots(
  { width, values }: Slice,
  scale: number,
  colour: Colour,
  wanted: (value: number, at: number) => boolean,
): Drawing {
  const inset = Math.round(scale / 4);
  const side = scale - 2 * inset;
  return values.flatMap((value, at) =>
    wanted(value, at)
      ? [
          {
            left: scale * (at % width) + inset,
            top: scale * Math.floor(at / width) + inset,
            width: side,
            height: side,
            colour,
          },
        ]
      : [],
  );
}

/** Draws the border around the voxels of one label, a line along the voxels' edges. */
export function drawBorder(labels: Slice, scale: number, colour: Colour, label: number): Drawing {
  const inside = (x: number, y: number): boolean => valueAt(labels, x, y) === label;
  const lines: Rectangle[] = [];
  for (let y = 0; y <= labels.height; y++) {
    for (let x = 0; x <= labels.width; x++) {
      const [left, top] = [scale * x - 1, scale * y - 1];
      if (inside(x, y) !== inside(x - 1, y)) {
        lines.push({ left, top, width: 2, height: scale + 2, colour });
      }
      if (inside(x, y) !== inside(x, y - 1)) {
        lines.push({ left, top, width: scale + 2, height: 2, colour });
      }
    }
  }
  return lines;
}
