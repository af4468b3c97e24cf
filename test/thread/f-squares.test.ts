import type { LossSpec } from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ByHand, expectByHand, referenceOf } from './agreement.js';
import { type Drawn, drawn, settings } from './drawn.js';
import { lossesOf } from './letters.js';

/** 1 - mean of D = 2I / (sum p^k + sum t^k + 1e-6), k = 2 for V-Net. */
function byHand({ samples, classes, voxels, p, oneHot: t }: Drawn, k: 1 | 2): ByHand {
  const cells = samples * classes;
  const scores: number[] = [];
  const gradient: number[] = [];
  let total = 0;
  for (let cell = 0; cell < cells; cell += 1) {
    let [both, sums] = [0, 1e-6];
    for (let at = cell * voxels; at < (cell + 1) * voxels; at += 1) {
      both += (p[at] ?? 0) * (t[at] ?? 0);
      sums += (p[at] ?? 0) ** k + (t[at] ?? 0) ** k;
    }
    scores.push((2 * both) / sums);
    total += (2 * both) / sums;
    for (let at = cell * voxels; at < (cell + 1) * voxels; at += 1) {
      const slope = k === 1 ? 1 : 2 * (p[at] ?? 0);
      gradient.push(-(2 * (t[at] ?? 0) * sums - 2 * both * slope) / (sums * sums) / cells);
    }
  }
  return { loss: [1 - total / cells], scores, gradient };
}

const [squared, plain] = lossesOf('f');
const both: readonly (readonly [string, LossSpec, 1 | 2])[] = [
  ['with squares', squared, 2],
  ['without squares', plain, 1],
];

describe.each(both)('Dice %s in the denominator', (_, spec, k) => {
  it('is the formula', () => {
    fc.assert(
      fc.property(drawn(), (one) => {
        const { shape, p, oneHot } = one;
        const inputs = { prediction: { shape, data: p }, target: { shape, data: oneHot } };
        expectByHand(spec, inputs, byHand(one, k));
      }),
      settings,
    );
  });
});

it('both are one loss, but not one gradient, for predictions of 0 and 1', () => {
  fc.assert(
    fc.property(drawn(), ({ shape, p, oneHot }) => {
      const hard = p.map((value) => Math.round(value));
      const inputs = { prediction: { shape, data: hard }, target: { shape, data: oneHot } };
      const [squares, none] = [referenceOf(squared, inputs), referenceOf(plain, inputs)];
      expect(squares.loss).toEqual(none.loss);
      fc.pre(squares.scores.some((score) => score > 0));
      expect(squares.gradient).not.toEqual(none.gradient);
    }),
    settings,
  );
});
