import type { Colour, Drawing, Rectangle } from './drawing.js';
import { letters, unknownLetter } from './letters.js';

/** Draws a line of text, every dot of a letter as a square of `scale` pixels. */
export function drawText(line: string, scale: number, colour: Colour): Drawing {
  const dots: Rectangle[] = [];
  let column = 0;
  for (const letter of line) {
    const rows = rowsOf(letter);
    rows.forEach((row, y) => {
      [...row].forEach((dot, x) => {
        const [left, top] = [scale * (column + x), scale * y];
        if (dot === '#') dots.push({ left, top, width: scale, height: scale, colour });
      });
    });
    column += rows[0].length + 1;
  }
  return dots;
}

/** Pixels that a line of text takes from left to right. */
export function textWidth(line: string, scale: number): number {
  const columns = [...line].map((letter) => rowsOf(letter)[0].length + 1);
  return scale * Math.max(columns.reduce((sum, each) => sum + each, 0) - 1, 0);
}

function rowsOf(letter: string): readonly [string, ...string[]] {
  const [first = '', ...rest] = (letters[letter] ?? unknownLetter).split(' ');
  return [first, ...rest];
}
