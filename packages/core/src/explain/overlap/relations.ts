import { shortest } from '../formula/written.js';
import { intersectionWeights } from './score-range.js';
import { type OverlapTerm, tidy } from './shape.js';

/** What a term is equal to, or differs from by a known factor. */
export function relations(term: OverlapTerm): readonly string[] {
  return [...ofIndex(term), ...ofCounting(term), ...ofTransform(term)];
}

function ofIndex(term: OverlapTerm): readonly string[] {
  const { index, weights } = term;
  // Weights on both factors are known to Dice alone.
  if (weights.kind !== 'none' && weights.on === 'both-factors') return [];
  switch (index.kind) {
    case 'dice':
      return [
        `Dice is F-beta with beta = 1, and Tversky with alpha = beta = 0.5 and ${smoothing(term, 0.5)}`,
        ...jaccardOfDice(term),
      ];
    case 'jaccard':
      return ['Jaccard is Tversky with alpha = beta = 1', ...diceOfJaccard(term)];
    case 'tversky':
      return ofTversky(term, index);
    case 'f-beta': {
      const b = index.beta * index.beta;
      const weights = `alpha = ${short(1 / (1 + b))}, beta = ${short(b / (1 + b))}`;
      return [`F-beta is Tversky with ${weights} and ${smoothing(term, 1 / (1 + b))}`];
    }
  }
}

function ofTversky(
  term: OverlapTerm,
  { alpha, beta }: Extract<OverlapTerm['index'], { readonly kind: 'tversky' }>,
): readonly string[] {
  if (alpha === 0.5 && beta === 0.5) {
    return [`Tversky with alpha = beta = 0.5 is Dice with ${smoothing(term, 2)}`];
  }
  if (alpha === 1 && beta === 1) return ['Tversky with alpha = beta = 1 is Jaccard'];
  const fBeta = Math.sqrt(beta / alpha);
  return tidy(alpha + beta) === 1 && fBeta > 0 && fBeta <= 100
    ? [`Tversky is F-beta with beta = ${short(fBeta)} and ${smoothing(term, 1 / alpha)}`]
    : [];
}

/** s = N / M gives s / (2 - s) = N / (2 M - N), and halves of both are a Jaccard ratio. */
function jaccardOfDice(term: OverlapTerm): readonly string[] {
  const { counting, smoothing } = term;
  const { numerator, denominator } = smoothing;
  const rest = denominator - numerator / 2;
  // The union of powers above 2 can be 0 for soft targets.
  const large = counting.kind === 'power' && counting.exponent > 2;
  if (!isPlainRatio(term) || large || rest < 1e-16) return [];
  const twin = `n = ${short(numerator / 2)}, d = ${short(rest)}, f = 0`;
  return [`s / (2 - s) is the Jaccard score with ${twin}`];
}

/** s = N / M gives 2 s / (1 + s) = 2 N / (M + N). */
function diceOfJaccard(term: OverlapTerm): readonly string[] {
  const { numerator, denominator } = term.smoothing;
  if (!isPlainRatio(term)) return [];
  const twin = `n = ${short(2 * numerator)}, d = ${short(denominator + numerator)}, f = 0`;
  return [`2 s / (1 + s) is the Dice score with ${twin}`];
}

/** Whether the floor never acts and numerator and denominator count the same intersection. */
function isPlainRatio(term: OverlapTerm): boolean {
  const { denominator, floor } = term.smoothing;
  return floor <= denominator && intersectionWeights(term).every((v) => v === 1);
}

function ofCounting(term: OverlapTerm): readonly string[] {
  const { counting, index } = term;
  const { numerator: n, denominator: d } = term.smoothing;
  const dice = index.kind === 'dice' && isPlainRatio(term);
  switch (counting.kind) {
    case 'product':
      return ["for targets of 0 and 1 the same sums as counting 'minimum'"];
    case 'minimum':
      return dice && n === d
        ? ['1 - s = sum of w |p - t| / (P + T + d): a relative L1 distance']
        : [];
    case 'power':
      return dice && counting.exponent === 2 ? [cosine] : [];
    case 'noise-robust':
      if (counting.exponent === 1) return ["the same sums as counting 'minimum'"];
      return dice && n === d
        ? [`1 - s = sum of w |p - t|^${short(counting.exponent)} / (P + T + d)`]
        : [];
    case 'squared-errors':
      return ["for predictions and targets of 0 and 1 the same sums as counting 'product'"];
  }
}

/** By the inequality of arithmetic and geometric mean: 2 |p| |t| <= |p|^2 + |t|^2. */
const cosine =
  'without smoothing s = cos(p, t) 2 |p| |t| / (|p|^2 + |t|^2), at most the cosine of p and t, and where p and t overlap equal to it only if |p| = |t|';

function ofTransform({ transform }: OverlapTerm): readonly string[] {
  return transform.kind === 'negative' ? ["the gradient is that of transform 'complement'"] : [];
}

function smoothing(
  { smoothing: { numerator, denominator, floor } }: OverlapTerm,
  by: number,
): string {
  return `n = ${short(numerator * by)}, d = ${short(denominator * by)}, f = ${short(floor * by)}`;
}

function short(value: number): string {
  return shortest(Number(value.toPrecision(12)));
}
