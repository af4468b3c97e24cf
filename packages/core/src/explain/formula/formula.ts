import type { Program } from '../../program/program.js';
import { definitionsOf } from './definitions.js';
import { latex } from './latex.js';
import { type Definition, type Notation, write } from './notation.js';
import { text } from './text.js';

/** A loss as formulas, printed from its program. */
export interface Formula {
  /** A definition per line, the loss first; each right side reads back as the same expression. */
  readonly text: string;
  /** The same as LaTeX math. */
  readonly latex: string;
}

/** Prints the definitions of a program in every notation. */
export function formulaOf(program: Program): Formula {
  const lines = definitionsOf(program);
  const printed = (notation: Notation): string =>
    notation.lines(
      lines.map(({ left, right, labels }): Definition<string> => {
        const known = 'words' in right ? right : write(notation, right, labels).text;
        return { left, right: known };
      }),
    );
  return { text: printed(text), latex: printed(latex) };
}
