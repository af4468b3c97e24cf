import type { LossSpec } from '@softdice/core';
import { formulas } from '../../docs/examples/thread/formulas.js';
import type { ThreadFormula } from '../../docs/examples/thread/thread-formula.js';

/** A formula of the thread. */
export function formulaOf(letter: string): ThreadFormula {
  const formula = formulas.find((each) => each.letter === letter);
  if (formula === undefined) throw new RangeError(`no formula ${letter}`);
  return formula;
}

/** Its first and last spec, which are the same where it has one. */
export function lossesOf(letter: string): readonly [LossSpec, LossSpec] {
  const specs = formulaOf(letter).answers.flatMap((answer) =>
    answer.kind === 'loss' ? [answer.spec] : [],
  );
  const [first, last] = [specs[0], specs.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError(`no loss in ${letter}`);
  return [first, last];
}
