import { dice, type LossSpec } from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ByHand, expectByHand, referenceOf } from './agreement.js';
import { type Drawn, drawn, settings } from './drawn.js';
import { lossesOf } from './letters.js';

/** 1 - mean of D = (2I + 1e-5) / (P + T + 1e-5) over samples and the classes from `first` on. */
function byHand({ samples, classes, voxels, p, oneHot: t }: Drawn, first: 0 | 1): ByHand {
  const cells = samples * (classes - first);
  const scores: number[] = [];
  const gradient = p.map(() => 0);
  let total = 0;
  for (let n = 0; n < samples; n += 1) {
    for (let c = first; c < classes; c += 1) {
      const start = (n * classes + c) * voxels;
      let [above, below] = [1e-5, 1e-5];
      for (let at = start; at < start + voxels; at += 1) {
        above += 2 * (p[at] ?? 0) * (t[at] ?? 0);
        below += (p[at] ?? 0) + (t[at] ?? 0);
      }
      scores.push(above / below);
      total += above / below;
      for (let at = start; at < start + voxels; at += 1) {
        gradient[at] = -(2 * (t[at] ?? 0) * below - above) / (below * below) / cells;
      }
    }
  }
  return { loss: [1 - total / cells], scores, gradient };
}

const [all, foreground] = lossesOf('g');
const both: readonly (readonly [string, LossSpec, 0 | 1])[] = [
  ['with background', all, 0],
  ['without background', foreground, 1],
];
const severalClasses = drawn({ classes: fc.integer({ min: 2, max: 4 }) });

describe.each(both)('%s', (_, spec, first) => {
  it('is the formula', () => {
    fc.assert(
      fc.property(severalClasses, (one) => {
        const { shape, p, labels } = one;
        const target = { shape: [one.samples, ...shape.slice(2)], data: labels };
        expectByHand(spec, { prediction: { shape, data: p }, target }, byHand(one, first));
      }),
      settings,
    );
  });
});

it('softmax still sees the background that is left out', () => {
  const spec = dice({ target: 'labels', activation: 'softmax', classes: 'foreground' });
  const prediction = { shape: [1, 2, 1], data: [0.5, 0.25] };
  const { gradient } = referenceOf(spec, { prediction, target: { shape: [1, 1], data: [1] } });
  expect(gradient[0]).toBeGreaterThan(0);
  expect(gradient[1]).toBeLessThan(0);
});
