import type { LossSpec } from '@softdice/core';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { type ByHand, expectByHand } from './agreement.js';
import { type Drawn, drawn, settings } from './drawn.js';
import { lossesOf } from './letters.js';

/** -sum of v D over the classes, D = 2I / (P + T + 1e-6) over samples. */
function byHand({ samples, p, oneHot: t }: Drawn, weights: readonly number[]): ByHand {
  const scores: number[] = [];
  const gradient = p.map(() => 0);
  let loss = 0;
  weights.forEach((weight, c) => {
    let [both, sums] = [0, 1e-6];
    for (let n = 0; n < samples; n += 1) {
      const at = n * weights.length + c;
      both += (p[at] ?? 0) * (t[at] ?? 0);
      sums += (p[at] ?? 0) + (t[at] ?? 0);
    }
    scores.push((2 * both) / sums);
    loss -= weight * ((2 * both) / sums);
    for (let n = 0; n < samples; n += 1) {
      const at = n * weights.length + c;
      gradient[at] = (-weight * (2 * (t[at] ?? 0) * sums - 2 * both)) / (sums * sums);
    }
  });
  return { loss: [loss], scores, gradient };
}

const [sum, weighted] = lossesOf('d');
const both: readonly (readonly [string, LossSpec, readonly number[]])[] = [
  ['the negated sum of class scores', sum, [1, 1]],
  ['their weighted sum', weighted, [0.25, 0.75]],
];

describe.each(both)('%s', (_, spec, weights) => {
  it('is the formula', () => {
    const matrices = drawn({ classes: fc.constant(2), spatial: fc.constant([]) });
    fc.assert(
      fc.property(matrices, (one) => {
        const { shape, p, oneHot } = one;
        const inputs = { prediction: { shape, data: p }, target: { shape, data: oneHot } };
        expectByHand(spec, inputs, byHand(one, weights));
      }),
      settings,
    );
  });
});
