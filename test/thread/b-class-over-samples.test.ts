import fc from 'fast-check';
import { describe, it } from 'vitest';
import { type ByHand, expectByHand } from './agreement.js';
import { type Drawn, drawn, settings } from './drawn.js';
import { lossesOf } from './letters.js';

/** D of each column of [samples, classes], 2I / (P + T + 1e-6). */
function byHand({ samples, classes, p, oneHot: t }: Drawn): ByHand {
  const scores: number[] = [];
  const gradient = p.map(() => 0);
  for (let c = 0; c < classes; c += 1) {
    let [both, sums] = [0, 1e-6];
    for (let n = 0; n < samples; n += 1) {
      const at = n * classes + c;
      both += (p[at] ?? 0) * (t[at] ?? 0);
      sums += (p[at] ?? 0) + (t[at] ?? 0);
    }
    scores.push((2 * both) / sums);
    for (let n = 0; n < samples; n += 1) {
      const at = n * classes + c;
      gradient[at] = -(2 * (t[at] ?? 0) * sums - 2 * both) / (sums * sums);
    }
  }
  return { loss: scores.map((score) => -score), scores, gradient };
}

describe('per class over samples, input [samples, classes]', () => {
  it('is the formula, a loss and a score per class', () => {
    const matrices = drawn({ spatial: fc.constant([]) });
    fc.assert(
      fc.property(matrices, (one) => {
        const { shape, p, oneHot } = one;
        const inputs = { prediction: { shape, data: p }, target: { shape, data: oneHot } };
        expectByHand(lossesOf('b')[0], inputs, byHand(one));
      }),
      settings,
    );
  });
});
