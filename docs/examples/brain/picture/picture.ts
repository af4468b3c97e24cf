import type { Brain } from '../brain.js';
import { ink } from './colours.js';
import { type Drawing, moved } from './drawing.js';
import { drawLegend } from './legend.js';
import {
  captioned,
  captionHeight,
  countDifferences,
  drawPush,
  drawTissue,
  fullPush,
  scale,
  type View,
} from './panel.js';
import { encodePng } from './png.js';
import { axialSlice, decide, resized, type Slice, windowOf } from './slice.js';
import { drawText } from './text.js';

/** The slice that shows all classes at once, through putamen, thalamus and hippocampus. */
const sliceZ = 35;

/** The class whose logits the picture watches: deep grey, of which much is decided wrongly. */
const watched = 3;

const margin = 40;
const gap = 36;
const titleHeight = 76;

/** The gradient with respect to the watched class's logits, in the slice that is shown. */
export function watchedSlice(
  gradient: ArrayLike<number>,
  size: readonly [number, number, number],
): Slice {
  return axialSlice(gradient, size, sliceZ, watched);
}

/**
 * Draws labels, prediction and, per loss, where a gradient step pushes the logits of one class.
 *
 * Front is up and left is on the left.
 *
 * @param brain The brain with its labels.
 * @param logits `[1, classes, z, y, x]`.
 * @param gradients The gradient of each loss, by its name, cut by {@link watchedSlice}.
 * @returns The bytes of a PNG file.
 */
export function drawPicture(
  brain: Brain,
  logits: ArrayLike<number>,
  gradients: ReadonlyMap<string, Slice>,
): Uint8Array {
  const { size, classNames } = brain;
  const t1 = axialSlice(brain.t1, size, sliceZ);
  const labels = axialSlice(brain.labels, size, sliceZ);
  const decided = decide(classNames.map((_, label) => axialSlice(logits, size, sliceZ, label)));
  const view = viewOf(t1, labels);
  const [width, height] = [scale * view.whole.width, scale * view.whole.height];
  const wrong = countDifferences(decided, labels);
  const name = classNames[watched] ?? '';

  const tissue = [
    captioned(
      drawTissue(t1, labels, labels, view),
      height,
      'T1, true labels',
      'Axial, front up, left on the left',
    ),
    captioned(
      drawTissue(t1, decided, labels, view),
      height,
      'T1, prediction',
      `${wrong} voxels decided wrongly`,
    ),
  ];
  const pushes = [...gradients].map(([loss, gradient]) => {
    const full = fullPush(gradient, view);
    const drawing = drawPush(gradient, labels, watched, full, view);
    return captioned(drawing, height, loss, `Full colour: gradient ${full.toExponential(1)}`);
  });
  const right = [...pushes, drawLegend(classNames, name, width)];
  const title = `Where a gradient step on each loss pushes the logits of ${name}`;
  const columns = Math.ceil(right.length / 2);
  const inGrid = (cell: Drawing, column: number, row: number): Drawing =>
    moved(
      cell,
      margin + column * (width + gap),
      margin + titleHeight + row * (height + captionHeight),
    );
  return encodePng(
    [
      ...moved(drawText(title, 4, ink), margin, margin),
      ...tissue.flatMap((cell, row) => inGrid(cell, 0, row)),
      ...right.flatMap((cell, at) => inGrid(cell, 1 + (at % columns), Math.floor(at / columns))),
    ],
    2 * margin + columns * (width + gap) + width,
    margin + titleHeight + 2 * (height + captionHeight),
  );
}

/** The brain in its slice, and the part of half its size around the watched class. */
function viewOf(t1: Slice, labels: Slice): View {
  const whole = windowOf(t1, (value) => value > 0);
  const around = windowOf(labels, (label) => label === watched);
  return { whole, part: resized(around, whole.width / 2, whole.height / 2) };
}
