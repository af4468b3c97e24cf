import { classColours, grey, ink, mixed, pushColour, white } from './colours.js';
import { type Colour, type Drawing, moved, outline } from './drawing.js';
import { drawText, textWidth } from './text.js';

const letterScale = 2;
const side = 28;
const rowHeight = 38;

/** A mark and what it means. */
interface Row {
  readonly mark: Drawing;
  readonly text: string;
}

/** What the colours and marks of the picture mean, in a column of the given width. */
export function drawLegend(classNames: readonly string[], watched: string, width: number): Drawing {
  const classes = classNames.flatMap((name, label): readonly Row[] => {
    const colour = classColours[label];
    return colour === undefined ? [] : [{ mark: square(mixed(white, colour, 0.75)), text: name }];
  });
  const rows: readonly Row[] = [
    ...classes,
    { mark: [...square([205, 205, 205]), ...dot], text: 'dot: decided wrongly' },
    { mark: line, text: `line: true ${watched}` },
    { mark: frame, text: 'frame: part enlarged' },
  ];
  return [
    ...drawText(`The logit of ${watched}:`, letterScale, ink),
    ...moved(drawBar(width), 0, 26),
    ...rows.flatMap(({ mark, text }, at) => moved(drawRow(mark, text), 0, 118 + at * rowHeight)),
  ];
}

const box = { left: 0, top: 0, width: side, height: side } as const;
const dot: Drawing = [{ left: 10, top: 10, width: 8, height: 8, colour: ink }];
const line: Drawing = [
  { left: 0, top: 18, width: 15, height: 2, colour: ink },
  { left: 13, top: 10, width: 2, height: 10, colour: ink },
  { left: 13, top: 10, width: 15, height: 2, colour: ink },
];
const frame: Drawing = outline({ left: 3, top: 0, width: 22, height: side, colour: ink }, 3);

function square(colour: Colour): Drawing {
  return [{ ...box, colour }];
}

function drawRow(mark: Drawing, text: string): Drawing {
  return [...mark, ...moved(drawText(text, letterScale, ink), side + 12, 7)];
}

/** The diverging colours from lowered to raised, with their meaning below. */
function drawBar(width: number): Drawing {
  const steps = Array.from({ length: width }, (_, left) => ({
    left,
    top: 0,
    width: 1,
    height: side,
    colour: pushColour((2 * left) / (width - 1) - 1, 1),
  }));
  const meanings = ['lowered', 'left alone', 'raised'].flatMap((text, at) => {
    const room = width - textWidth(text, letterScale);
    return moved(drawText(text, letterScale, ink), Math.round((at * room) / 2), side + 8);
  });
  return [...steps, ...outline({ ...box, width, colour: grey }, 1), ...meanings];
}
