import { shortest } from '../formula/written.js';
import { type OverlapTerm, tidy } from './shape.js';

type Transform = OverlapTerm['transform'];

/** l of the score s, and how it falls. */
type SlopeText<K extends Transform['kind']> = (
  s: string,
  transform: Extract<Transform, { readonly kind: K }>,
) => string;

const rules: { readonly [K in Transform['kind']]: SlopeText<K> } = {
  complement: (s) => `l = 1 - ${s} falls by 1 per unit of ${s}`,
  negative: (s) => `l = -${s} falls by 1 per unit of ${s}`,
  log: (s, { scale, offset, floor }) => {
    const scaled = scale === 1 ? s : `${shortest(scale)} ${s}`;
    const argument = offset === 0 ? scaled : `${scaled} + ${shortest(offset)}`;
    const printed = argument === s ? s : `(${argument})`;
    return `l = -log ${printed} falls by ${shortest(scale)} / (${argument}) per unit of ${s}, by 0 below the floor ${shortest(floor)}`;
  },
  'log-cosh': (s) => `l = log cosh(1 - ${s}) falls by tanh(1 - ${s}) per unit of ${s}`,
  'power-complement': (s, { exponent: k, floor }) => {
    const base = s.includes(' ') ? `(${s})` : s;
    const slope = k === 1 ? '1' : `${shortest(k)} ${base}^(${shortest(tidy(k - 1))})`;
    return `l = 1 - ${base}^${shortest(k)} falls by ${slope} per unit of ${s}, by 0 below the floor ${shortest(floor)}`;
  },
  penalty: (s, { strength: k, of }) => {
    const divisor = `1 + ${shortest(k)} ${of === 'complement' ? s : `(1 + ${s})`}`;
    const x = of === 'complement' ? `(1 - ${s})` : `-${s}`;
    return `l = ${x} / (${divisor}) falls by ${shortest(1 + k)} / (${divisor})^2 per unit of ${s}`;
  },
};

/** How the score of a cell, or the mean of the scores, acts on the loss. */
export function transformSlope(term: OverlapTerm): string {
  const { transform, transformed, power, weights } = term;
  const one = weights.kind !== 'none' && weights.on === 'score' ? 'v s' : 's';
  const s = transformed === 'mean' ? 'm' : one;
  const fall = (rules[transform.kind] as SlopeText<Transform['kind']>)(s, transform);
  const k = power.cell;
  const focal =
    k === 1
      ? ''
      : `; l^${shortest(k)} times ${shortest(k)} l^(${shortest(k - 1)}), 0 below the floor ${shortest(power.floor)}`;
  const mean = transformed === 'mean' ? `; m the mean of ${one} over the cells` : '';
  return `${fall}${focal}${mean}`;
}
