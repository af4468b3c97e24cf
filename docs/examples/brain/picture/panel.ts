import { grey, ink, pushColour, tissueColour } from './colours.js';
import { type Drawing, moved, outline, type Rectangle } from './drawing.js';
import { cropped, type Slice, type Window } from './slice.js';
import { drawText } from './text.js';
import { drawBorder, drawDots, drawVoxels } from './voxels.js';

/** Pixels per voxel of the whole brain; the enlarged part has twice as many. */
export const scale = 4;

/** Pixels below a panel that its caption takes, down to the next panel. */
export const captionHeight = 92;

/** Voxels beyond this share of a panel's pushes have full colour, so that few rule the scale. */
const fullShare = 0.995;

/** A drawing with two lines below it: what it is, and a remark. */
export function captioned(
  drawing: Drawing,
  height: number,
  name: string,
  note: string,
  letters = 3,
): Drawing {
  return [
    ...drawing,
    ...moved(drawText(name, letters, ink), 0, height + 12),
    ...moved(drawText(note, 2, grey), 0, height + 20 + 8 * letters),
  ];
}

/** Which part of a slice is shown, and which part of that the other panels enlarge. */
export interface View {
  readonly whole: Window;
  readonly part: Window;
}

/** T1 tinted by one class per voxel, and a dot where it is not the true one. */
export function drawTissue(t1: Slice, shown: Slice, truth: Slice, { whole, part }: View): Drawing {
  const [tint, labels] = [cropped(shown, whole), cropped(truth, whole)];
  const frame: Rectangle = {
    left: scale * (part.left - whole.left),
    top: scale * (part.top - whole.top),
    width: scale * part.width,
    height: scale * part.height,
    colour: ink,
  };
  return [
    ...drawVoxels(cropped(t1, whole), scale, (value, at) =>
      tissueColour(value, tint.values[at] ?? 0),
    ),
    ...drawDots(tint, scale, ink, (label, at) => label !== labels.values[at]),
    ...outline(frame, 3),
  ];
}

/** Minus a gradient in diverging colours, full at `full`, with the true border of its class. */
export function drawPush(
  gradient: Slice,
  truth: Slice,
  label: number,
  full: number,
  { part }: View,
): Drawing {
  return [
    ...drawVoxels(cropped(gradient, part), 2 * scale, (value) => pushColour(-value, full)),
    ...drawBorder(cropped(truth, part), 2 * scale, ink, label),
  ];
}

/** The push that has full colour in a panel. */
export function fullPush(gradient: Slice, { part }: View): number {
  const sizes = cropped(gradient, part)
    .values.map(Math.abs)
    .toSorted((a, b) => a - b);
  return sizes[Math.ceil(fullShare * sizes.length) - 1] ?? 0;
}

/** Voxels where two slices differ. */
export function countDifferences(a: Slice, b: Slice): number {
  return a.values.filter((value, at) => value !== b.values[at]).length;
}
