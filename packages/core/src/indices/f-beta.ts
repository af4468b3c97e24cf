import type { Docs } from '../schema/docs.js';
import type { Ratio } from './ratio.js';

/** F-measure; `beta = 1` is Dice. Source: van Rijsbergen 1979, chapter 7. */
export const fBetaSchema = {
  fields: { beta: { type: 'number', above: 0, maximum: 100, default: 1 } },
} as const;

export const fBetaDocs: Docs<typeof fBetaSchema> = {
  doc: 'F-beta, b = beta^2: ((1 + b) I + n) / max((1 + b) I + b (T - I) + (P - I) + d, f).',
  fields: { beta: 'Recall counts beta times as much as precision.' },
};

export const fBetaRatio: Ratio<'f-beta'> = (b, counts, { beta }) => {
  const { intersection, falsePositives, falseNegatives } = counts;
  const numerator = b.mul(b.real(1 + beta * beta), intersection);
  const errors = b.add(b.mul(b.real(beta * beta), falseNegatives), falsePositives);
  return { numerator, denominator: b.add(numerator, errors) };
};
