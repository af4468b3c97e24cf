import { type LevelsInputs, type LevelsSpec, parseLevels } from '@softdice/core';
import fc from 'fast-check';
import { type Batch, type Case, cases, type Tensor } from './batch.js';

/** Deep supervision with inputs that fit it. */
export interface LevelsCase {
  readonly spec: LevelsSpec;
  readonly inputs: LevelsInputs<Tensor>;
}

const weight = fc.oneof(
  fc.constantFrom(0, 1, 0.5, 0.1),
  fc.double({ min: 0, max: 4, noNaN: true }),
);

/** Levels of one loss at other sizes, or of other losses with targets of their own. */
export const levelsCases: fc.Arbitrary<LevelsCase> = fc
  .oneof(
    fc
      .tuple(
        cases({ rank: fc.integer({ min: 0, max: 3 }) }),
        fc.array(weight, { minLength: 1, maxLength: 3 }),
        sizes(),
      )
      .map(([drawn, weights, size]) => nearest(drawn, weights, size)),
    fc
      .integer({ min: 0, max: 3 })
      .chain((rank) =>
        fc.array(fc.tuple(cases({ rank: fc.constant(rank) }), weight), {
          minLength: 1,
          maxLength: 3,
        }),
      )
      .map(given),
  )
  .filter(({ spec }) => isValid(spec));

/** A size of an axis of a level. */
function sizes(): fc.Arbitrary<(level: number, axis: number) => number> {
  return fc
    .array(fc.integer({ min: 1, max: 5 }), { minLength: 6, maxLength: 6 })
    .map((drawn) => (level, axis) => drawn[2 * level + axis] ?? drawn[axis] ?? 1);
}

/** The case as the finest level, and coarser or finer predictions of the values of its own. */
function nearest(
  { spec, batch }: Case,
  weights: readonly number[],
  size: (level: number, axis: number) => number,
): LevelsCase {
  const { prediction, target, mask } = batch;
  const [samples = 1, channels = 1, ...spatial] = prediction.shape;
  const voxels = spatial.reduce((product, length) => product * length, 1);
  const predictions = weights.map((_, level): Tensor => {
    if (level === 0) return prediction;
    const own = spatial.map((_, axis) => size(level - 1, axis));
    const count = own.reduce((product, length) => product * length, 1);
    // Whole columns of channels, so that probabilities still sum to at most 1.
    const data = Array.from({ length: samples * channels * count }, (_, at) => {
      const plane = Math.floor(at / count);
      return prediction.data[plane * voxels + ((at % count) % voxels)] ?? 0;
    });
    return { shape: [samples, channels, ...own], data };
  });
  return {
    spec: { targets: 'nearest', levels: weights.map((factor) => ({ weight: factor, loss: spec })) },
    inputs: { predictions, targets: [target], ...(mask === undefined ? {} : { masks: [mask] }) },
  };
}

function given(levels: readonly (readonly [Case, number])[]): LevelsCase {
  const batches: readonly Batch[] = levels.map(([{ batch }]) => batch);
  return {
    spec: {
      targets: 'given',
      levels: levels.map(([{ spec }, factor]) => ({ weight: factor, loss: spec })),
    },
    inputs: {
      predictions: batches.map(({ prediction }) => prediction),
      targets: batches.map(({ target }) => target),
      masks: batches.map(({ mask }) => mask),
    },
  };
}

function isValid(spec: LevelsSpec): boolean {
  try {
    parseLevels(spec);
    return true;
  } catch {
    return false;
  }
}
