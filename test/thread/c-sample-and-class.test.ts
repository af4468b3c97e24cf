import fc from 'fast-check';
import { describe, it } from 'vitest';
import { type ByHand, expectByHand } from './agreement.js';
import { type Drawn, drawn, settings } from './drawn.js';
import { lossesOf } from './letters.js';

/** -mean over samples and classes of D = 2I / (P + T + 1e-7). */
function byHand({ samples, classes, voxels, p, oneHot: t }: Drawn): ByHand {
  const cells = samples * classes;
  const scores: number[] = [];
  const gradient: number[] = [];
  let total = 0;
  for (let cell = 0; cell < cells; cell += 1) {
    let [both, sums] = [0, 1e-7];
    for (let at = cell * voxels; at < (cell + 1) * voxels; at += 1) {
      both += (p[at] ?? 0) * (t[at] ?? 0);
      sums += (p[at] ?? 0) + (t[at] ?? 0);
    }
    scores.push((2 * both) / sums);
    total += (2 * both) / sums;
    for (let at = cell * voxels; at < (cell + 1) * voxels; at += 1) {
      gradient.push(-(2 * (t[at] ?? 0) * sums - 2 * both) / (sums * sums) / cells);
    }
  }
  return { loss: [-total / cells], scores, gradient };
}

describe.each([2, 3])('per sample and class over %i-D voxels, mean negated', (rank) => {
  it('is the formula', () => {
    const size = fc.integer({ min: 1, max: 4 });
    const spatial = fc.array(size, { minLength: rank, maxLength: rank });
    fc.assert(
      fc.property(drawn({ spatial }), (one) => {
        const { shape, p, oneHot } = one;
        const inputs = { prediction: { shape, data: p }, target: { shape, data: oneHot } };
        expectByHand(lossesOf('c')[0], inputs, byHand(one));
      }),
      settings,
    );
  });
});
