import type { Colour } from './drawing.js';

export const ink: Colour = [33, 33, 33];
export const grey: Colour = [120, 120, 120];
export const white: Colour = [255, 255, 255];

/**
 * The colour of each class, by label value; the classes without one show the T1 alone.
 *
 * From the palette of Okabe and Ito, whose colours stay apart for colour-blind viewers.
 */
export const classColours: readonly (Colour | undefined)[] = [
  undefined,
  undefined,
  [230, 159, 0],
  [0, 158, 115],
  [204, 80, 150],
  [86, 180, 233],
];

/** Ends of the diverging colours: blue and orange-red differ for every kind of colour vision. */
const raised: Colour = [8, 81, 176];
const lowered: Colour = [204, 62, 12];

/** The colour that lies `share` of the way from one to another. */
export function mixed(from: Colour, to: Colour, share: number): Colour {
  const channel = (at: 0 | 1 | 2): number => Math.round(from[at] + share * (to[at] - from[at]));
  return [channel(0), channel(1), channel(2)];
}

/** Blue for a logit that a step raises, red for one that it lowers, full at plus and minus `full`. */
export function pushColour(push: number, full: number): Colour {
  const share = full > 0 ? Math.min(Math.abs(push) / full, 1) : 0;
  return mixed(white, push > 0 ? raised : lowered, share);
}

/** A T1 intensity as grey, tinted by a class; white outside the brain, as the page around it. */
export function tissueColour(t1: number, label: number): Colour {
  if (t1 === 0) return white;
  // The example's intensities end at 124, so no tissue is as white as the page.
  const level = Math.min(Math.round((t1 * 255) / 150), 255);
  const tint = classColours[label];
  const tissue: Colour = [level, level, level];
  return tint === undefined ? tissue : mixed(tissue, tint, 0.6);
}
