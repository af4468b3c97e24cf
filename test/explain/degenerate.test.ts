import {
  dice,
  explain,
  fBeta,
  focalTversky,
  jaccard,
  type LossSpec,
  logCoshDice,
  softDice,
  tversky,
  vnet,
} from '@softdice/core';
import { evaluate } from '@softdice/reference';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { specs } from '../arbitraries/spec.js';
import { seed } from './run.js';

/** A network of two channels, the second of which is watched. */
const inputs = (p: number): Parameters<typeof evaluate>[1] => ({
  prediction: { shape: [1, 2, 4], data: [1, 1, 1, 1, p, p, p, p] },
  target: { shape: [1, 4], data: [0, 0, 0, 0] },
});

const empty: Parameters<typeof evaluate>[1] = {
  prediction: { shape: [1, 2, 4], data: [0, 0, 0, 0, 0, 0, 0, 0] },
  target: { shape: [1, 4], data: [1, 1, 0, 0] },
};

const largest = (slopes: ArrayLike<number>): number =>
  Math.max(...Array.from(slopes).slice(4).map(Math.abs));

describe('what degenerate inputs give', () => {
  const target = 'labels';
  const presets: Readonly<Record<string, LossSpec>> = {
    dice: dice({ target }),
    'foreground, no numerator': dice({
      target,
      classes: 'foreground',
      smoothing: { numerator: 0 },
    }),
    jaccard: jaccard({ target, absent: 'skip' }),
    tversky: tversky({ target, alpha: 0.2, beta: 0.8, absent: 'zero' }),
    fBeta: fBeta({ target, beta: 2 }),
    vnet: vnet({ target }),
    softDice: softDice({ target }),
    focalTversky: focalTversky({ target }),
    logCoshDice: logCoshDice({ target, smoothing: { numerator: 1, denominator: 1 } }),
    'log, per batch': dice({ target, transform: 'log', per: 'batch', reduction: 'sum' }),
  };
  for (const [name, spec] of Object.entries(presets)) {
    it(`is what the reference computes: ${name}`, () => {
      const { absent, emptyPrediction } = explain(spec);
      const rows = [
        [absent.predictedEmpty, inputs(0)],
        [absent.predictedHalf, inputs(0.5)],
        [emptyPrediction, empty],
      ] as const;
      for (const [measured, example] of rows) {
        const { loss, gradient } = evaluate(spec, example);
        const [value = Number.NaN] = Array.from(loss.data);
        expect(measured.loss).toBeCloseTo(value, 10);
        const steepest = largest(gradient.data);
        expect(Math.abs(measured.gradient - steepest)).toBeLessThanOrEqual(1e-9 * steepest);
      }
    });
  }

  it('is what the reference computes where only the target is merged', () => {
    const regions = [[1, 2], [2]];
    const spec = dice({ target, classes: { kind: 'regions', regions, merge: 'target' } });
    const { absent, emptyPrediction } = explain(spec);
    // Label 0 belongs to no region, so that a perfect prediction is 0.
    const absentAt = (p: number): Parameters<typeof evaluate>[1] => ({
      prediction: { shape: [1, 2, 4], data: [0, 0, 0, 0, p, p, p, p] },
      target: { shape: [1, 4], data: [0, 0, 0, 0] },
    });
    const present = { ...empty, target: { shape: [1, 4], data: [2, 2, 0, 0] } };
    for (const [measured, example] of [
      [absent.predictedEmpty, absentAt(0)],
      [absent.predictedHalf, absentAt(0.5)],
      [emptyPrediction, present],
    ] as const) {
      const { loss, gradient } = evaluate(spec, example);
      expect(measured.loss).toBeCloseTo(Array.from(loss.data)[0] ?? Number.NaN, 10);
      expect(measured.gradient / largest(gradient.data)).toBeCloseTo(1, 9);
    }
  });

  it('is finite, whatever the loss (300 random losses)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }).chain(specs), (spec) => {
        const { absent, emptyPrediction } = explain(spec);
        for (const { loss, gradient } of [
          absent.predictedEmpty,
          absent.predictedHalf,
          emptyPrediction,
        ]) {
          expect([loss, gradient].every(Number.isFinite)).toBe(true);
        }
      }),
      { numRuns: 300, seed },
    );
  });

  it('is the same for logits: the prediction of the example is p', () => {
    const logits = explain(dice({ target, activation: 'softmax' }));
    expect(logits.absent).toEqual(explain(dice({ target })).absent);
  });

  it('names an example that fits the loss', () => {
    const example = (spec: LossSpec): string => explain(spec).absent.example;
    expect(example(dice({ target: 'binary' }))).toBe(
      '1 sample of 4 voxels, 1 channel; the class of channel 0 is absent, the others are predicted perfectly',
    );
    const regions = [
      [1, 2],
      [0, 1, 2, 3],
    ];
    expect(example(dice({ target, classes: { kind: 'regions', regions } }))).toContain(
      '5 channels; the class of channel 0 + 1 + 2 + 3',
    );
    expect(
      example(dice({ target, classes: { kind: 'regions', regions, merge: 'target' } })),
    ).toContain('2 channels; the class of channel 1');
    const weights = { kind: 'given', values: [1, 2, 3] } as const;
    expect(example(dice({ target, weights, classes: 'foreground' }))).toContain('4 channels');
  });
});

describe('an explanation', () => {
  it('is frozen JSON (100 random losses)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }).chain(specs), (spec) => {
        const explanation = explain(spec);
        expect(Object.isFrozen(explanation.warnings)).toBe(true);
        expect(JSON.parse(JSON.stringify(explanation))).toEqual(
          JSON.parse(JSON.stringify(explanation)),
        );
        expect(JSON.stringify(explanation)).not.toMatch(/undefined|NaN|Infinity/);
        expect(explanation.sources.length).toBeGreaterThan(0);
        // What is ranked must be known before it is summed.
        const most = JSON.stringify(spec).includes('hardest') ? 3 : 2;
        expect(explanation.sweeps).toBeLessThanOrEqual(most);
      }),
      { numRuns: 100, seed },
    );
  });

  it('cites the parts chosen', () => {
    expect(explain(vnet()).sources).toContain('Milletari et al. 2016, arXiv:1606.04797, section 3');
    expect(explain(focalTversky()).sources).toContain('Abraham and Khan 2019, arXiv:1810.07842');
    expect(explain(logCoshDice()).sources).toContain('Jadon 2020, arXiv:2006.14822, section III-N');
  });
});
