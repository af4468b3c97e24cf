import { ink, tissueColour } from '../brain/picture/colours.js';
import { type Drawing, moved } from '../brain/picture/drawing.js';
import { captioned } from '../brain/picture/panel.js';
import { drawBorder, drawDots, drawVoxels } from '../brain/picture/voxels.js';
import { type Slices, sliceAt } from './slices.js';

/** Pixels per voxel. */
const scale = 7;

/** The class whose true border is drawn: hippocampus and amygdala. */
const rare = 4;

/** A slice with every class but the cerebellum's upper end: hippocampus, amygdala and deep grey. */
export const shownSlice = 25;

/** One panel: labels over the T1, a dot where they are wrong, the true border of the small class. */
export function overlay(slices: Slices, labels: ArrayLike<number>, at: number): Drawing {
  const [t1, truth, shown] = [slices.t1, slices.labels, labels].map((values) =>
    sliceAt(slices, values, at),
  );
  if (t1 === undefined || truth === undefined || shown === undefined) return [];
  return [
    ...drawVoxels(t1, scale, (value, voxel) => tissueColour(value, shown.values[voxel] ?? 0)),
    ...drawDots(shown, scale, ink, (label, voxel) => label !== truth.values[voxel]),
    ...drawBorder(truth, scale, ink, rare),
  ];
}

/** The size of a panel in pixels. */
export function panelSize({ width, height }: Slices): {
  readonly width: number;
  readonly height: number;
} {
  return { width: scale * width, height: scale * height };
}

/** A panel with its caption. */
export interface Captioned {
  readonly drawing: Drawing;
  readonly name: string;
  readonly note: string;
}

/** Panels in rows, and the size of it all. */
export function gridOf(
  panels: readonly Captioned[],
  size: { readonly width: number; readonly height: number },
  columns: number,
): { readonly drawing: Drawing; readonly width: number; readonly height: number } {
  const [margin, gap, caption] = [24, 40, 70];
  const rows = Math.ceil(panels.length / columns);
  return {
    drawing: panels.flatMap(({ drawing, name, note }, at) =>
      moved(
        captioned(drawing, size.height, name, note, 2),
        margin + (at % columns) * (size.width + gap),
        margin + Math.floor(at / columns) * (size.height + caption),
      ),
    ),
    width: 2 * margin + columns * size.width + (columns - 1) * gap,
    height: 2 * margin + rows * (size.height + caption) - 20,
  };
}
