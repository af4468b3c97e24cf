import { evaluate } from '@softdice/reference';
import { describe, expect, it } from 'vitest';
import { expectClose, four, onCells, onFour, overlap, type TermChoice, tensor } from './cases.js';

const loss = (choice: TermChoice): number => onFour(choice).loss.data[0] ?? Number.NaN;
const score = (choice: TermChoice): number => onFour(choice).scores.data[0] ?? Number.NaN;

describe('index', () => {
  it.each<[string, TermChoice, number]>([
    ['dice', { index: 'dice' }, 3 / 3.75],
    ['jaccard', { index: 'jaccard' }, 1.5 / 2.25],
    ['tversky', { index: { kind: 'tversky', alpha: 0.3, beta: 0.7 } }, 1.5 / 1.925],
    ['f-beta', { index: { kind: 'f-beta', beta: 2 } }, 7.5 / 9.75],
  ])('%s', (_name, choice, expected) => {
    expect(score(choice)).toBeCloseTo(expected, 14);
    expect(loss(choice)).toBeCloseTo(1 - expected, 14);
  });

  it('has the gradient of a ratio', () => {
    const onTarget = -(2 * 3.75 - 3) / 3.75 ** 2;
    const off = 3 / 3.75 ** 2;
    expectClose(onFour({}).gradient.data, [onTarget, off, onTarget, off]);
  });

  it('counts false positives with alpha, false negatives with beta', () => {
    const { gradient } = onFour({ index: { kind: 'tversky', alpha: 0.25, beta: 0.5 } });
    const D = 1.5 + 0.25 * 0.25 + 0.5 * 0.5;
    // D = I (1 - α - β) + α P + β T, so dD/dp is 0.25 t + 0.25.
    const onTarget = -(D - 1.5 * 0.5) / D ** 2;
    const off = (1.5 * 0.25) / D ** 2;
    expectClose(gradient.data, [onTarget, off, onTarget, off]);
  });
});

describe('smoothing', () => {
  it('adds n above and d below, in units of the written ratio', () => {
    const smoothing = { numerator: 1, denominator: 2, floor: 0 };
    expect(score({ smoothing })).toBeCloseTo(4 / 5.75, 14);
    expect(score({ smoothing, index: 'jaccard' })).toBeCloseTo(2.5 / 4.25, 14);
  });

  it.each([
    ['below the floor', 5, 0],
    ['at the floor', 3.75, 0.5],
    ['above the floor', 3, 1],
  ])('%s the denominator is max(P + T, f)', (_name, floor, slope) => {
    const { scores, gradient } = onFour({ smoothing: { numerator: 0, denominator: 0, floor } });
    const D = Math.max(3.75, floor);
    expectClose(scores.data, [3 / D]);
    expectClose(gradient.data.slice(0, 2), [-2 / D + (slope * 3) / D ** 2, (slope * 3) / D ** 2]);
  });
});

describe('transform', () => {
  const s = 0.8;
  it.each<[string, TermChoice, number, number]>([
    ['complement', { transform: 'complement' }, 1 - s, -1],
    ['negative', { transform: 'negative' }, -s, -1],
    ['log', { transform: 'log' }, -Math.log(s), -1 / s],
    ['log below its floor', { transform: { kind: 'log', floor: 0.9 } }, -Math.log(0.9), 0],
    ['log-cosh', { transform: 'log-cosh' }, Math.log(Math.cosh(1 - s)), -Math.tanh(1 - s)],
    [
      'log of a shifted score',
      { transform: { kind: 'log', scale: 0.9, offset: 0.05 } },
      -Math.log(0.77),
      -0.9 / 0.77,
    ],
    [
      'complement of a power',
      { transform: { kind: 'power-complement', exponent: 0.5 } },
      1 - s ** 0.5,
      -0.5 * s ** -0.5,
    ],
    [
      'complement of a power below its floor',
      { transform: { kind: 'power-complement', exponent: 0.5, floor: 0.81 } },
      0.1,
      0,
    ],
    ['penalty', { transform: 'penalty' }, (1 - s) / (1 + 2.5 * s), -3.5 / 9],
    [
      'penalty of -s',
      { transform: { kind: 'penalty', strength: 2, of: 'negative' } },
      -s / (1 + 2 * 1.8),
      -3 / 4.6 ** 2,
    ],
    ['power', { power: { cell: 2 } }, (1 - s) ** 2, -2 * (1 - s)],
    ['power below 1', { power: { cell: 0.5 } }, (1 - s) ** 0.5, -0.5 * (1 - s) ** -0.5],
    ['power below its floor', { power: { cell: 2, floor: 0.5 } }, 0.25, 0],
    ['reduced power', { power: { reduced: 2 } }, (1 - s) ** 2, -2 * (1 - s)],
    ['both powers', { power: { cell: 2, reduced: 3 } }, (1 - s) ** 6, -6 * (1 - s) ** 5],
  ])('%s', (_name, choice, expected, slope) => {
    const { loss: value, scores, gradient } = onFour(choice);
    const byScore = (2 * 3.75 - 3) / 3.75 ** 2;
    expectClose(scores.data, [s]);
    expectClose(value.data, [expected]);
    expectClose(gradient.data.slice(0, 1), [slope * byScore]);
  });

  it('acts on the mean of the scores where the spec says so', () => {
    const [first, second] = [1 / 1.5, 1.5 / 1.75];
    const mean = (first + 0 + 1 + second) / 4;
    const result = onCells({ transform: 'log', transformed: 'mean', power: { reduced: 2 } });
    expectClose(result.loss.data, [Math.log(mean) ** 2]);
    expectClose(result.scores.data, [first, 0, 1, second]);
    // The score of the first cell is 2 p / (p + 1).
    const slope = ((-2 * Math.log(mean) * -1) / mean) * (1 / 4) * (2 / 1.5 ** 2);
    expect(result.gradient.data[0]).toBeCloseTo(slope, 13);
  });

  it('acts on the weighted mean of the scores of each sample', () => {
    const weights = { kind: 'given', values: [1, 3], normalise: 'weighted-mean' } as const;
    const transform = { kind: 'penalty', of: 'complement', strength: 1 } as const;
    const choice = { transformed: 'mean', reduction: 'class-mean', weights, transform } as const;
    const penalised = (s: number): number => (1 - s) / (1 + s);
    expectClose(onCells(choice).loss.data, [
      penalised(1 / 1.5 / 4),
      penalised((1 + (3 * 1.5) / 1.75) / 4),
    ]);
  });

  it('log of a score of 0 is its floor, without gradient', () => {
    const { loss, gradient } = evaluate(
      { target: 'binary', terms: [overlap({ transform: 'log' })] },
      { ...four, target: tensor([1, 4], [0, 0, 0, 1]) },
    );
    expectClose(loss.data, [-Math.log(1e-7)]);
    expect([...gradient.data].map(Math.abs)).toEqual([0, 0, 0, 0]);
  });

  it('log-cosh keeps its digits near a perfect score and far from one', () => {
    const nearly = onFour({
      transform: 'log-cosh',
      smoothing: { numerator: 0.75 + 3e-6, denominator: 0, floor: 1e-6 },
    });
    const x = 1 - (nearly.scores.data[0] ?? 0);
    expect((nearly.loss.data[0] ?? 0) / (x ** 2 / 2)).toBeCloseTo(1, 9);
    const far = onFour({
      transform: 'log-cosh',
      smoothing: { numerator: 1e6, denominator: 0, floor: 1e-6 },
    });
    const size = (far.scores.data[0] ?? 0) - 1;
    expect(far.loss.data[0]).toBeCloseTo(size - Math.LN2, 6);
  });
});

describe('terms', () => {
  const terms = [
    overlap({ weight: 2, name: 'first' }),
    overlap({ weight: -0.5, index: 'jaccard' }),
    overlap({ index: 'jaccard' }),
  ];

  it('adds up weighted terms and reports each before its weight', () => {
    const result = evaluate({ target: 'binary', terms }, four);
    const [dice, jaccard] = [1 - 0.8, 1 - 2 / 3];
    expect(result.loss.data[0]).toBeCloseTo(2 * dice + 0.5 * jaccard, 14);
    expect(Object.keys(result.terms)).toEqual(['first', 'jaccard', 'jaccard 2']);
    expect(result.terms['jaccard']?.loss.data[0]).toBeCloseTo(jaccard, 14);
    expect(result.terms['jaccard']?.scores.data[0]).toBeCloseTo(2 / 3, 14);
    expect(result.scores.data[0]).toBeCloseTo(0.8, 14);
    expect(result.statistics['jaccard 2.I']?.data[0]).toBe(1.5);
  });

  it('multiplies the gradient by the cotangent', () => {
    const once = evaluate({ target: 'binary', terms }, four).gradient.data;
    const cotangent = tensor([], [3]);
    const thrice = evaluate({ target: 'binary', terms }, { ...four, cotangent }).gradient.data;
    expectClose(
      thrice,
      Array.from(once, (value) => 3 * value),
    );
  });
});
