import { dice, type LossSpec } from '@softdice/core';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { binaryImages } from '../../docs/examples/thread/inputs.js';
import { type ByHand, expectByHand } from './agreement.js';
import { drawn, settings } from './drawn.js';
import { lossesOf } from './letters.js';

/** D = (2I + 1) / (P + T + 1) of all numbers in one row; the loss is -D, plus 1 where wanted. */
function byHand(p: readonly number[], t: readonly number[], plus: number): ByHand {
  let [both, predicted, targeted] = [0, 0, 0];
  for (let i = 0; i < p.length; i += 1) {
    both += (p[i] ?? 0) * (t[i] ?? 0);
    predicted += p[i] ?? 0;
    targeted += t[i] ?? 0;
  }
  const above = 2 * both + 1;
  const below = predicted + targeted + 1;
  const gradient = p.map((_, i) => -(2 * (t[i] ?? 0) * below - above) / (below * below));
  return { loss: [plus - above / below], scores: [above / below], gradient };
}

const [negative, complement] = lossesOf('a');
const both: readonly (readonly [string, LossSpec, number])[] = [
  ['-D', negative, 0],
  ['1 - D', complement, 1],
];

describe.each(both)('everything flattened, smooth 1 in both places, as %s', (_, spec, plus) => {
  it('is the formula on the numbers of the page', () => {
    const { prediction, target } = binaryImages;
    const p = Array.from(prediction.data);
    const t = Array.from(target.data);
    const inputs = {
      prediction: { shape: prediction.shape, data: p },
      target: { shape: target.shape, data: t },
    };
    expectByHand(spec, inputs, byHand(p, t, plus));
  });

  it('is the formula for random masks, 2-D or not', () => {
    fc.assert(
      fc.property(
        drawn({ classes: fc.constant(1) }),
        fc.infiniteStream(fc.boolean()),
        (one, bits) => {
          const t = one.p.map(() => (bits.next().value ? 1 : 0));
          const inputs = {
            prediction: { shape: one.shape, data: one.p },
            target: { shape: one.shape, data: t },
          };
          expectByHand(spec, inputs, byHand(one.p, t, plus));
        },
      ),
      settings,
    );
  });

  it('flattens classes too, as the formula does with one-hot targets', () => {
    const oneHot = dice({
      per: 'everything',
      smoothing: { numerator: 1, denominator: 1 },
      transform: plus === 0 ? 'negative' : 'complement',
    });
    fc.assert(
      fc.property(drawn(), ({ shape, p, oneHot: t }) => {
        const inputs = { prediction: { shape, data: p }, target: { shape, data: t } };
        expectByHand(oneHot, inputs, byHand(p, t, plus));
      }),
      settings,
    );
  });
});
