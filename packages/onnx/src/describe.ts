import { formulaOf, type Plan, type Program } from '@softdice/core';
import { version } from './version.js';

/** What a model is called: `DiceLoss`, `DiceAndCrossEntropyLoss`. Letters and digits only. */
export function lossName({ terms }: Plan): string {
  const words = terms.map(({ name }) =>
    name
      .split(/[^A-Za-z0-9]+/)
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(''),
  );
  const joined = words.filter((word) => word !== '').join('And');
  // An identifier does not begin with a digit.
  return `${/^\d/.test(joined) ? 'Of' : ''}${joined}Loss`;
}

/** What a model says to people: its formula. */
export function docOf(program: Program): string {
  return `${formulaOf(program).text}\n\nsoftdice ${version}`;
}
