import type { Docs } from '../schema/docs.js';
import type { Ratio } from './ratio.js';

/** Dice similarity: `2I / (P + T)`. Source: Dice 1945; Milletari et al. 2016 (arXiv:1606.04797) as a loss. */
export const diceSchema = { fields: {} } as const;

export const diceDocs: Docs<typeof diceSchema> = 'Dice: (2I + n) / max(P + T + d, f).';

export const diceRatio: Ratio<'dice'> = (b, { intersection, predicted, targeted }) => ({
  numerator: b.mul(b.real(2), intersection),
  denominator: b.add(predicted, targeted),
});
