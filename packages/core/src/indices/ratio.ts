import type { Builder } from '../expression/builder.js';
import type { Node } from '../expression/node.js';
import type { TermOf } from '../spec/loss.js';
import { diceRatio } from './dice.js';
import { fBetaRatio } from './f-beta.js';
import { jaccardRatio } from './jaccard.js';
import { tverskyRatio } from './tversky.js';

/** The sums of one cell: I, P, T, and P - I, T - I. */
export interface Counts {
  readonly intersection: Node;
  readonly predicted: Node;
  readonly targeted: Node;
  readonly falsePositives: Node;
  readonly falseNegatives: Node;
}

export type Index = TermOf<'overlap'>['index'];

/** An index as the ratio before smoothing. */
export type Ratio<K extends Index['kind']> = (
  b: Builder,
  counts: Counts,
  index: Extract<Index, { readonly kind: K }>,
) => { readonly numerator: Node; readonly denominator: Node };

const ratios: { readonly [K in Index['kind']]: Ratio<K> } = {
  dice: diceRatio,
  jaccard: jaccardRatio,
  tversky: tverskyRatio,
  'f-beta': fBetaRatio,
};

/** The ratio of any index. */
export const ratio: Ratio<Index['kind']> = (b, counts, index) =>
  (ratios[index.kind] as Ratio<Index['kind']>)(b, counts, index);
