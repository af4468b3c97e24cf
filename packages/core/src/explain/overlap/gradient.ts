import { type Builder, builder } from '../../expression/builder.js';
import type { Node } from '../../expression/node.js';
import type { Plan } from '../../plan/plan.js';
import type { GradientFacts } from '../facts/term-facts.js';
import { write } from '../formula/notation.js';
import { text } from '../formula/text.js';
import { shortest } from '../formula/written.js';
import { logitSlope } from './logit-slope.js';
import { weightedScores } from './loss-range.js';
import { scoreRange } from './score-range.js';
import { type OverlapTerm, shapeOf } from './shape.js';
import { type Slope, slopesOf } from './slope.js';
import { transformSlope } from './transform-slope.js';

/** Describes the gradient of a term. */
export function gradient(plan: Plan, term: OverlapTerm): GradientFacts {
  return {
    inside: inside(plan, term),
    outside: outside(plan, term),
    where: where(term),
    cell: transformSlope(term),
    prediction: logitSlope(term),
  };
}

function inside(plan: Plan, term: OverlapTerm): string {
  const b = builder();
  const slope = slopesOf(b, p(b), shapeOf(term.index), term.counting).inside;
  const weighted = term.weights.kind !== 'none' && ownWeight[term.weights.on].ratio !== '';
  const fits = !weighted && scoreRange(plan, term).most <= slope.limit;
  const limit = fits || slope.limit === Number.POSITIVE_INFINITY ? [] : [limitText(slope, term)];
  const conditions = [...limit, ...fallingScore(plan, term)];
  return `${derivative(b, slope, term)}: ${effect(term, 'raises p', conditions)}`;
}

function outside(plan: Plan, term: OverlapTerm): string {
  const b = builder();
  const slope = slopesOf(b, p(b), shapeOf(term.index), term.counting).outside;
  const formula = derivative(b, slope, term);
  if (formula.endsWith('= 0')) return `${formula}: nothing moves p, false positives cost nothing`;
  const mixed = slope.mixed ? [mixedText(b, slope, term)] : [];
  return `${formula}: ${effect(term, 'lowers p', [...mixed, ...fallingScore(plan, term)])}`;
}

/** Weights of numerator and denominator, and their quotient, where weights stand in the sums. */
const ownWeight = {
  loss: { numerator: 0, denominator: 0, ratio: '' },
  score: { numerator: 0, denominator: 0, ratio: '' },
  intersection: { numerator: 1, denominator: 0, ratio: ' v' },
  'both-sums': { numerator: 1, denominator: 1, ratio: '' },
  'both-factors': { numerator: 2, denominator: 1, ratio: ' v' },
} as const;

const p = (b: Builder): Node => b.input('p', []);

function limitText({ limit }: Slope, { weights }: OverlapTerm): string {
  return `s < ${shortest(limit)}${weights.kind !== 'none' ? ownWeight[weights.on].ratio : ''}`;
}

/** log cosh is least at a score of 1. */
function fallingScore(plan: Plan, term: OverlapTerm): readonly string[] {
  if (term.transform.kind !== 'log-cosh' || weightedScores(plan, term).most <= 1) return [];
  return term.weights.kind !== 'none' && term.weights.on === 'score' ? ['v s < 1'] : ['s < 1'];
}

function effect(term: OverlapTerm, rightWay: string, conditions: readonly string[]): string {
  const otherWay = rightWay === 'raises p' ? 'lowers p' : 'raises p';
  const way = term.weight < 0 ? otherWay : rightWay;
  const condition = conditions.length === 0 ? '' : ` while ${conditions.join(' and ')}`;
  return `a step down the gradient ${way}${condition}`;
}

/** `N < s M`. */
function mixedText(b: Builder, slope: Slope, term: OverlapTerm): string {
  const { gain, cost } = sides(b, slope, term);
  return `${printed(gain)} < ${printed(cost)}`;
}

/** `d s / d p = (N - s M) / D`. */
function derivative(b: Builder, slope: Slope, term: OverlapTerm): string {
  const { gain, cost } = sides(b, slope, term);
  const d = b.input('D', []);
  const top = isZero(gain) ? b.mul(b.real(-1), b.div(cost, d)) : b.div(b.sub(gain, cost), d);
  return `d s / d p = ${isZero(cost) && isZero(gain) ? '0' : printed(top)}`;
}

function printed(node: Node): string {
  return write(text, node, new Map()).text;
}

/** N and s M with weights where they stand in the sums. */
function sides(
  b: Builder,
  slope: Slope,
  { weights }: OverlapTerm,
): { readonly gain: Node; readonly cost: Node } {
  const own = ownWeight[weights.kind !== 'none' ? weights.on : 'loss'];
  const [s, v] = ['s', 'v'].map((name) => b.input(name, [])) as [Node, Node];
  const times = (x: Node, power: number): Node => {
    if (power === 0) return x;
    return x.op === 'const' ? b.mul(x, b.pow(v, power)) : b.mul(b.pow(v, power), x);
  };
  const gain = isZero(slope.numerator) ? slope.numerator : times(slope.numerator, own.numerator);
  const cost = isZero(slope.denominator)
    ? slope.denominator
    : times(withScore(b, slope.denominator, s), own.denominator);
  return { gain, cost };
}

/** s times a slope, a number in front. */
function withScore(b: Builder, slope: Node, s: Node): Node {
  if (slope.op === 'mul' && slope.args[0].op === 'const') {
    return b.mul(slope.args[0], b.mul(s, slope.args[1]));
  }
  return slope.op === 'const' ? b.mul(slope, s) : b.mul(s, slope);
}

function isZero(node: Node): boolean {
  return node.op === 'const' && node.value === 0;
}

function where(term: OverlapTerm): string {
  const { smoothing, counting, weights } = term;
  const merged = term.per === 'merged-image' || term.per === 'everything';
  const floor =
    smoothing.floor > smoothing.denominator
      ? `; where D is the floor ${shortest(smoothing.floor)}, the terms with s are 0`
      : '';
  const tied = counting.kind === 'noise-robust' && counting.exponent === 1;
  const ties = counting.kind === 'minimum' || tied ? '; at p = t half of each side' : '';
  const kept = weights.kind === 'volume' ? ', which the target alone tells' : '';
  const weight =
    weights.kind !== 'none' && weights.on !== 'loss' ? `, v the weight of the class${kept}` : '';
  const cells = merged ? 'the score of all classes together' : 'the score of the class';
  return `s ${cells} and D its denominator, smoothing included${weight}; times w where voxels have weights${floor}${ties}`;
}
