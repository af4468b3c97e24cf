import { dice, type LossSpec, parseSpec } from '@softdice/core';
import { score } from '@softdice/reference';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectByHand, expectClose, referenceOf } from './agreement.js';
import { drawn, planes, settings } from './drawn.js';
import { decided, forward, hardCounts, softForward, softmax } from './five-class-layer.js';
import { formulaOf, lossesOf } from './letters.js';

const [soft] = lossesOf('e');
const fiveClasses = drawn({ classes: fc.constant(5) });

describe('argmax in a loss', () => {
  it.each(['argmax', 'threshold'])('is refused as an activation: %s', (activation) => {
    const parse = (): unknown => parseSpec({ terms: [{ kind: 'overlap', activation }] });
    expect(parse).toThrow(`a loss cannot decide (${activation} has gradient 0 everywhere)`);
    expect(parse).toThrow('use it in a metric, and softmax or sigmoid in the loss');
  });

  it('is refused as a field', () => {
    const parse = (): unknown => parseSpec({ terms: [{ kind: 'overlap', decide: 'argmax' }] });
    expect(parse).toThrow('a loss cannot decide');
  });

  it('is refused by the types of a preset', () => {
    // @ts-expect-error A loss cannot decide.
    expect(() => parseSpec(dice({ activation: 'argmax' }))).toThrow('a loss cannot decide');
  });

  it('would have gradient 0: a small step changes no decision', () => {
    fc.assert(
      fc.property(fiveClasses, fc.nat(), (one, place) => {
        const at = place % one.p.length;
        // Predictions are multiples of 1/64: 1/1024 per class breaks ties, 1/4096 does not reach it.
        const apart = one.p.map((value, i) => value + (Math.floor(i / one.voxels) % 5) / 1024);
        const moved = apart.map((value, i) => value + (i === at ? 1 / 4096 : 0));
        expect(forward(one, moved)).toBe(forward(one, apart));
      }),
      settings,
    );
  });
});

describe('argmax in a metric', () => {
  const [metric] = formulaOf('e').answers.flatMap((answer) =>
    answer.kind === 'metric' ? [answer.metric] : [],
  );

  it('scores as by hand, and as the layer up to its smoothing', () => {
    fc.assert(
      fc.property(fiveClasses, (one) => {
        const { shape, p, labels, samples } = one;
        const target = { shape: [samples, ...shape.slice(2)], data: labels };
        const scores = score(metric ?? {}, { prediction: { shape, data: p }, target }).data;
        hardCounts(one, p).forEach(({ both, sums }, c) => {
          const smoothed = (2 * both + 1e-7) / (sums + 1e-7);
          expectClose([scores[c] ?? Number.NaN], [sums === 0 ? 1 : (2 * both) / sums], 'score');
          expect(Math.abs((scores[c] ?? Number.NaN) - smoothed)).toBeLessThan(1e-7);
        });
      }),
      settings,
    );
  });

  it('the smoothed scores are those of the loss on planes of what was decided', () => {
    const spec = dice({
      target: 'labels',
      per: 'batch',
      smoothing: { numerator: 1e-7, denominator: 1e-7 },
      transform: 'negative',
      reduction: 'sum',
    });
    fc.assert(
      fc.property(fiveClasses, (one) => {
        const { shape, p, labels, samples, voxels } = one;
        const hard = planes(decided(one, p), 5, voxels);
        const target = { shape: [samples, ...shape.slice(2)], data: labels };
        const { loss } = referenceOf(spec, { prediction: { shape, data: hard }, target });
        expectClose(loss, [forward(one, p) - 1], 'loss');
      }),
      settings,
    );
  });
});

describe('the soft form', () => {
  it('leaves an absent class out where it is told to', () => {
    const { inputs } = formulaOf('e');
    const [term] = soft.terms;
    if (typeof term !== 'object' || term.kind !== 'overlap') throw new TypeError('an overlap term');
    const without: LossSpec = { ...soft, terms: [{ ...term, absent: 'zero' }] };
    const data = { ...inputs.prediction, data: Array.from(inputs.prediction.data) };
    const target = { ...inputs.target, data: Array.from(inputs.target.data) };
    const [kept, left] = [soft, without].map((spec) =>
      referenceOf(spec, { prediction: data, target }),
    );
    expect(kept?.scores[4]).toBeCloseTo(1.78e-7, 9);
    expectClose(left?.loss ?? [], [(kept?.loss[0] ?? 0) + (kept?.scores[4] ?? 0)], 'loss');
  });

  it('is the layer with softmax for argmax, minus 1, with its gradient by the chain rule', () => {
    fc.assert(
      fc.property(fiveClasses, (one) => {
        const { shape, labels, samples } = one;
        const logits = one.p.map((value) => 8 * value - 4);
        const target = { shape: [samples, ...shape.slice(2)], data: labels };
        const inputs = { prediction: { shape, data: logits }, target };
        expectByHand(soft, inputs, softForward(one, softmax(one, logits)));
      }),
      settings,
    );
  });

  it('has the gradient that finite differences give', () => {
    fc.assert(
      fc.property(fiveClasses, (one) => {
        const { shape, labels, samples } = one;
        const logits = one.p.map((value) => 8 * value - 4);
        const target = { shape: [samples, ...shape.slice(2)], data: labels };
        const lossAt = (data: readonly number[]): number =>
          referenceOf(soft, { prediction: { shape, data }, target }).loss[0] ?? Number.NaN;
        const { gradient } = referenceOf(soft, { prediction: { shape, data: logits }, target });
        const step = 2 ** -17;
        gradient.forEach((slope, at) => {
          const up = lossAt(logits.map((value, i) => (i === at ? value + step : value)));
          const down = lossAt(logits.map((value, i) => (i === at ? value - step : value)));
          expect(Math.abs((up - down) / (2 * step) - slope)).toBeLessThan(1e-8);
        });
      }),
      { ...settings, numRuns: 20 },
    );
  });
});
