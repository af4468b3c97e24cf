import { evaluate, type LossInputs, type LossSpec, type Tensor } from '@softdice/reference';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { overlap, type TermChoice } from './cases.js';

const shape = [2, 3, 2, 2];
const size = 24;

/** Settings without kinks near random logits: no tie of p and t, no floor that could be met. */
const terms: fc.Arbitrary<TermChoice> = fc
  .record({
    activation: fc.constantFrom('softmax' as const, 'sigmoid' as const),
    classes: fc.constantFrom<TermChoice['classes'] & {}>('all', {
      kind: 'list',
      channels: [2, 0, 1],
    }),
    counting: fc.constantFrom<TermChoice['counting'] & {}>(
      'product',
      'squared-errors',
      { kind: 'power', exponent: 1.5 },
      { kind: 'noise-robust', exponent: 1.75 },
    ),
    index: fc.constantFrom<TermChoice['index'] & {}>(
      'dice',
      'jaccard',
      { kind: 'tversky', alpha: 0.3, beta: 0.6 },
      { kind: 'f-beta', beta: 1.5 },
    ),
    per: fc.constantFrom('image', 'batch', 'merged-image', 'everything'),
    transform: fc.constantFrom<TermChoice['transform'] & {}>(
      'complement',
      { kind: 'log', scale: 0.9, offset: 0.05 },
      'log-cosh',
      'power-complement',
      { kind: 'penalty', of: 'negative' },
    ),
    transformed: fc.constantFrom('cell', 'mean'),
    on: fc.constantFrom('loss', 'score', 'intersection', 'both-sums'),
    normalise: fc.constantFrom('none', 'sum-to-one', 'weighted-mean'),
    absent: fc.constantFrom('keep', 'zero', 'skip'),
    reduction: fc.constantFrom('mean', 'none', 'class-then-sample', 'sample-then-class'),
    cell: fc.constantFrom(1, 2, 0.75),
    reduced: fc.constantFrom(1, 1.5),
  })
  .filter(({ counting, index }) => kindOf(counting) !== 'noise-robust' || typeof index === 'string')
  .map(({ on, normalise, cell, reduced, reduction, absent, per, transformed, ...rest }) => {
    const merged = per === 'merged-image' || per === 'everything';
    const late = on === 'loss' || on === 'score';
    const mean = reduction !== 'none';
    // A power of the reduced loss needs a mean and normalised weights (constraint C17).
    const bounded = mean && (on !== 'loss' || merged || normalise === 'sum-to-one');
    const weighs = on === 'loss' && mean && !merged;
    const weights = {
      kind: 'given' as const,
      values: [0.5, 0.75, 0.25],
      on: merged && late ? ('both-sums' as const) : on,
      normalise: normalise === 'weighted-mean' && !weighs ? ('none' as const) : normalise,
    };
    // What constraint C41 asks of a transformed mean.
    const averaged = weights.on !== 'loss' || weights.normalise === 'weighted-mean';
    const ofMean = transformed === 'mean' && mean && averaged;
    return {
      ...rest,
      per,
      transformed: ofMean ? ('mean' as const) : ('cell' as const),
      smoothing: { numerator: 0.125, denominator: 0.25, floor: 0 },
      power: unbounded.includes(kindOf(rest.transform))
        ? {}
        : { cell: ofMean ? 1 : cell, reduced: bounded ? reduced : 1 },
      absent: ofMean ? 'keep' : mean || absent !== 'skip' ? absent : 'zero',
      reduction: per === 'image' || !mean ? reduction : ('mean' as const),
      weights,
    };
  });

function kindOf(choice: string | { readonly kind: string }): string {
  return typeof choice === 'string' ? choice : choice.kind;
}

/** Transforms that take no power (constraint C7). */
const unbounded = ['log-cosh', 'penalty'];

const values = (choice: fc.Arbitrary<number>): fc.Arbitrary<number[]> =>
  fc.array(choice, { minLength: size, maxLength: size });
const inRange = (min: number, max: number): fc.Arbitrary<number[]> =>
  values(fc.double({ min, max, noNaN: true }));

/** Central difference of `Σ cotangent · loss` along a direction, two step sizes extrapolated. */
function difference(spec: LossSpec, inputs: LossInputs, along: readonly number[]): number {
  const { prediction, cotangent } = inputs;
  const at = (step: number): number => {
    const data = along.map((slope, place) => (prediction.data[place] ?? 0) + step * slope);
    const { loss } = evaluate(spec, { ...inputs, prediction: { shape, data } });
    return loss.data.reduce((sum, value, place) => sum + value * (cotangent?.data[place] ?? 1), 0);
  };
  const central = (step: number): number => (at(step) - at(-step)) / (2 * step);
  const step = 1e-3;
  return (4 * central(step / 2) - central(step)) / 3;
}

it('is what differences of the loss say', () => {
  fc.assert(
    fc.property(
      fc.array(terms, { minLength: 1, maxLength: 2 }),
      inRange(-2, 2),
      values(fc.constantFrom(0, 0.25, 0.5, 1)),
      values(fc.constantFrom(0, 1, 2.5)),
      inRange(-1, 1),
      (choices, logits, target, mask, along) => {
        const several = choices.length > 1;
        const spec: LossSpec = {
          target: 'soft',
          rescale: { scale: 0.5, offset: 0.25 },
          voxels: 'weights',
          terms: choices.map((choice) =>
            overlap({
              ...choice,
              weight: 1.5,
              ...(several && choice.reduction === 'none' ? { reduction: 'sum' } : {}),
            }),
          ),
        };
        const inputs: LossInputs = {
          prediction: { shape, data: logits },
          target: { shape, data: target },
          mask: { shape: [2, 2, 2], data: mask.slice(0, 8) },
        };
        const { loss } = evaluate(spec, inputs);
        const cotangent: Tensor = {
          shape: loss.shape,
          data: loss.data.map((_, place) => 1 - place / 2),
        };
        const withCotangent = { ...inputs, cotangent };
        const { gradient } = evaluate(spec, withCotangent);
        const slope = along.reduce((sum, one, at) => sum + one * (gradient.data[at] ?? 0), 0);
        const scale = along.reduce(
          (sum, one, at) => sum + Math.abs(one * (gradient.data[at] ?? 0)),
          0,
        );
        const error = Math.abs(difference(spec, withCotangent, along) - slope);
        expect(error).toBeLessThan(1e-7 * Math.max(scale, 1));
      },
    ),
    { numRuns: 300, seed: 7 },
  );
});
