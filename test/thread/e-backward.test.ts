import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { referenceOf } from './agreement.js';
import { drawn, settings } from './drawn.js';
import { handBackward, softmax, throughSoftmax } from './five-class-layer.js';
import { lossesOf } from './letters.js';

const [soft] = lossesOf('e');
const fiveClasses = drawn({ classes: fc.constant(5) });

describe('a backward pass by hand: label differences over sums', () => {
  it('differs from the gradient, and has no part along it', () => {
    fc.assert(
      fc.property(fiveClasses, (one) => {
        const { shape, labels, samples } = one;
        const logits = one.p.map((value) => 4 * value);
        const target = { shape: [samples, ...shape.slice(2)], data: labels };
        const { gradient } = referenceOf(soft, { prediction: { shape, data: logits }, target });
        const wrong = handBackward(one, logits);
        let [product, length] = [0, 0];
        gradient.forEach((slope, at) => {
          product += slope * (wrong[at] ?? 0);
          length += slope * slope;
        });
        expect(Math.sqrt(length)).toBeGreaterThan(1e-4);
        expect(Math.abs(product)).toBeLessThan(1e-12);
      }),
      settings,
    );
  });

  it('is 0 once softmax has carried it back to the logits', () => {
    fc.assert(
      fc.property(fiveClasses, (one) => {
        const p = softmax(one, one.p);
        for (const slope of throughSoftmax(one, p, handBackward(one, p))) {
          expect(Math.abs(slope)).toBeLessThan(1e-12);
        }
      }),
      settings,
    );
  });
});
