import { dice, type LossSpec, vnet } from '@softdice/core';
import { evaluate } from '@softdice/reference';
import { describe, expect, it } from 'vitest';
import { fiveClasses, volumes } from '../../docs/examples/thread/inputs.js';
import { mistakes } from '../../docs/examples/thread/mistakes.js';
import { digits } from '../../docs/examples/thread/number-text.js';

const textOf = (at: number): string => `${mistakes[at]?.wrong} ${mistakes[at]?.here}`;

/** The loss of one pixel. */
const pixel = (spec: LossSpec, p: number, t: number): number => {
  const shape = [1, 1, 1];
  const inputs = { prediction: { shape, data: [p] }, target: { shape, data: [t] } };
  return evaluate(spec, inputs).loss.data[0] ?? Number.NaN;
};

describe('the figures of the five ways', () => {
  it('axes: three sums, three numbers', () => {
    const smoothing = { numerator: 0, denominator: 1e-16 };
    const shown = (['image', 'batch', 'everything'] as const).map((per) =>
      digits(evaluate(dice({ per, smoothing, transform: 'negative' }), volumes).loss.data),
    );
    // By hand: the mean of 3/4, 3/4, 7/10, 1/2; of 13/18 and 9/14; and 11/16.
    expect(shown).toEqual([
      digits([-0.675]),
      digits([-(13 / 18 + 9 / 14) / 2]),
      digits([-11 / 16]),
    ]);
    for (const number of shown) expect(textOf(0)).toContain(number);
  });

  it('a column times a row is a table of all pairs', () => {
    const pixels = 128 * 128;
    let both = 0;
    for (let row = 0; row < pixels; row += 1) both += pixels;
    expect((2 * both) / (pixels + pixels)).toBe(16384);
    expect(textOf(2)).toContain('128 x 128');
    expect(textOf(2)).toContain('16384');
  });

  it('a label map for one-hot planes is refused, by shape', () => {
    const { prediction, target } = fiveClasses;
    expect(() => evaluate(dice(), { prediction, target })).toThrow(
      "Invalid target: expected shape [1,5,2,3] beside prediction [1,5,2,3] but received [1,2,3]; a 'one-hot' target has one plane per channel; for class indices use target 'labels'",
    );
  });

  it('a column for a row is refused, by shape', () => {
    const prediction = { shape: [1, 1, 4], data: [1, 1, 1, 1] };
    const target = { shape: [1, 4, 1], data: [1, 1, 1, 1] };
    expect(() => evaluate(dice({ target: 'binary' }), { prediction, target })).toThrow(
      'Invalid target',
    );
  });

  it('smoothing of an absent class: 1 with one place, 0 with both', () => {
    expect(pixel(dice({ smoothing: { numerator: 0, denominator: 1 } }), 0, 0)).toBe(1);
    expect(pixel(dice({ smoothing: { numerator: 1, denominator: 1 } }), 0, 0)).toBe(0);
  });

  it('smoothing in the numerator alone divides by 0, and is refused', () => {
    const spec = dice({ smoothing: { numerator: 1, denominator: 0 } });
    expect(() => pixel(spec, 0, 0)).toThrow('is 0/0');
  });

  it('the sign: every transform falls as the score grows', () => {
    const smoothing = { numerator: 0, denominator: 1e-16 };
    expect(pixel(dice({ smoothing, transform: 'negative' }), 1, 1)).toBe(-1);
    expect(pixel(dice({ smoothing }), 1, 1)).toBe(0);
    for (const preset of [dice, vnet]) {
      for (const transform of ['complement', 'negative', 'log', 'log-cosh'] as const) {
        const spec = preset({ transform });
        expect(pixel(spec, 0.75, 1)).toBeLessThan(pixel(spec, 0.5, 1));
      }
    }
  });
});
