import { builder, execute, type NamedArray, opTableOf, pullback } from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { softSkeleton as lowered } from '../../packages/core/src/lower/skeleton.js';
import { softSkeleton } from '../../packages/reference/src/skeleton/soft-skeleton.js';

type Sizes = readonly number[];

interface Image {
  readonly spatial: Sizes;
  readonly data: Float64Array;
}

/** Small images and volumes, some one voxel wide, of multiples of 1/16: many of their values tie. */
const images = (values: fc.Arbitrary<number>): fc.Arbitrary<Image> =>
  fc
    .constantFrom(2, 3)
    .chain((rank) => fc.array(fc.integer({ min: 1, max: 5 }), { minLength: rank, maxLength: rank }))
    .chain((spatial) => {
      const length = spatial.reduce((product, size) => product * size, 1);
      return fc
        .array(values, { minLength: length, maxLength: length })
        .map((data): Image => ({ spatial, data: Float64Array.from(data) }));
    });

const sixteenths = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: 16 * min, max: 16 * max }).map((value) => value / 16);
const probabilities = sixteenths(0, 1);
const iterations = fc.integer({ min: 0, max: 4 });

const skeletonOf = ({ spatial, data }: Image, steps: number): readonly number[] => [
  ...softSkeleton(data, spatial, steps).value,
];

/** Skeleton and derivative of its sum with weights, by core's expressions. */
function byExpressions(image: Image, steps: number, weights: Float64Array) {
  const b = builder();
  const [x, w] = [b.input('x', ['voxel']), b.input('w', ['voxel'])];
  const skeleton = lowered(b, x, image.spatial.length, steps);
  const [slope] = pullback(b, [{ output: skeleton, cotangent: w }], [x]);
  if (slope === undefined) throw new Error('a skeleton has a gradient');
  const row = (data: Float64Array): NamedArray => ({ axes: ['voxel'], shape: [data.length], data });
  const given: Readonly<Record<string, NamedArray>> = { x: row(image.data), w: row(weights) };
  const [value, byX] = execute(opTableOf(image.spatial), [skeleton, slope], (name) => given[name]);
  // A product with 0 may be -0.
  return { value: [...(value?.data ?? [])].map((x) => x + 0), slope: [...(byX?.data ?? [])] };
}

const product = (sizes: Sizes): number => sizes.reduce((all, size) => all * size, 1);

/** The place of each voxel along each dimension. */
const placeOf = (spatial: Sizes, at: number): readonly number[] =>
  spatial.map((size, axis) => Math.floor(at / product(spatial.slice(axis + 1))) % size);
const at = (spatial: Sizes, place: readonly number[]): number =>
  place.reduce((index, step, axis) => index * (spatial[axis] ?? 1) + step, 0);

/** Another order of the voxels. */
function rearranged(
  { spatial, data }: Image,
  to: Sizes,
  from: (place: readonly number[]) => readonly number[],
): Image {
  return {
    spatial: to,
    data: data.map((_, index) => data[at(spatial, from(placeOf(to, index)))] ?? 0),
  };
}

const flipped = (image: Image, axis: number): Image =>
  rearranged(image, image.spatial, (place) =>
    place.map((step, one) => (one === axis ? (image.spatial[one] ?? 1) - 1 - step : step)),
  );
const transposed = (image: Image): Image =>
  rearranged(image, image.spatial.toReversed(), (place) => place.toReversed());

describe('the soft skeleton', () => {
  it('and its derivative are the same by hand and by expressions, ties included', () => {
    const weighted = images(sixteenths(-1, 1)).chain((image) =>
      fc.tuple(
        fc.constant(image),
        fc.array(fc.integer({ min: -4, max: 4 }), {
          minLength: image.data.length,
          maxLength: image.data.length,
        }),
      ),
    );
    fc.assert(
      fc.property(weighted, iterations, ([image, drawn], steps) => {
        const weights = Float64Array.from(drawn);
        const { value, slope } = byExpressions(image, steps, weights);
        const byHand = softSkeleton(image.data, image.spatial, steps);
        expect([...byHand.value]).toEqual(value);
        const slopes = byHand.pullback(weights);
        slopes.forEach((received, voxel) => {
          expect(Math.abs(received - (slope[voxel] ?? Number.NaN))).toBeLessThan(1e-9);
        });
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it('without iterations is what opening removes, by its definition', () => {
    fc.assert(
      fc.property(images(sixteenths(-1, 1)), (image) => {
        const { spatial, data } = image;
        const places = [...data].map((_, index) => placeOf(spatial, index));
        const distances = (a: readonly number[], b: readonly number[]): readonly number[] =>
          a.map((step, axis) => Math.abs(step - (b[axis] ?? 0)));
        const around = (index: number, near: (steps: readonly number[]) => boolean): number[] =>
          places.flatMap((place, other) =>
            near(distances(place, places[index] ?? [])) ? [other] : [],
          );
        const sum = (steps: readonly number[]): number => steps.reduce((a, b) => a + b, 0);
        const eroded = places.map((_, index) =>
          Math.min(...around(index, (steps) => sum(steps) <= 1).map((one) => data[one] ?? 0)),
        );
        const opened = places.map((_, index) =>
          Math.max(
            ...around(index, (steps) => Math.max(...steps) <= 1).map((one) => eroded[one] ?? 0),
          ),
        );
        const expected = [...data].map((x, index) => Math.max(x - (opened[index] ?? 0), 0));
        expect(skeletonOf(image, 0)).toEqual(expected);
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  it('is flipped with the image, and so is its derivative', () => {
    fc.assert(
      fc.property(images(probabilities), iterations, fc.nat({ max: 2 }), (image, steps, axis) => {
        const { spatial } = image;
        const mirrored = flipped(image, axis);
        const back = (data: Float64Array): Float64Array => flipped({ spatial, data }, axis).data;
        const [here, there] = [image, mirrored].map(({ data }) =>
          softSkeleton(data, spatial, steps),
        );
        expect(there?.value.map((x) => x)).toEqual(back(here?.value ?? new Float64Array()));
        const weights = image.data.map((_, index) => Math.cos(index));
        const slopes = there?.pullback(back(weights)) ?? new Float64Array();
        back(slopes).forEach((slope, index) => {
          expect(slope).toBeCloseTo(here?.pullback(weights)[index] ?? Number.NaN, 12);
        });
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it('is transposed with the image', () => {
    fc.assert(
      fc.property(images(probabilities), iterations, (image, steps) => {
        const { spatial } = image;
        const data = Float64Array.from(skeletonOf(image, steps));
        const expected = [...transposed({ spatial, data }).data];
        expect(skeletonOf(transposed(image), steps)).toEqual(expected);
      }),
      { numRuns: 100, seed: 4 },
    );
  });

  it('does not see a constant that is added: the border counts nothing, not 0', () => {
    fc.assert(
      fc.property(images(probabilities), iterations, sixteenths(-3, 3), (image, steps, added) => {
        const raised = { ...image, data: image.data.map((x) => x + added) };
        expect(skeletonOf(raised, steps)).toEqual(skeletonOf(image, steps));
      }),
      { numRuns: 100, seed: 5 },
    );
  });

  it('of a constant image is 0', () => {
    fc.assert(
      fc.property(images(fc.constant(0)), iterations, sixteenths(-1, 1), (image, steps, value) => {
        const flat = { ...image, data: image.data.map(() => value) };
        expect(skeletonOf(flat, steps).every((x) => x === 0)).toBe(true);
      }),
      { numRuns: 50, seed: 6 },
    );
  });

  it.each([
    [[5, 6], (place: readonly number[]) => place[0] === 2],
    [[6, 5], (place: readonly number[]) => place[0] === place[1]],
    [[4, 5, 3], (place: readonly number[]) => place[0] === 1 && place[2] === 2],
    [[4, 4, 4], (place: readonly number[]) => place.every((step) => step === place[0])],
  ])('of a thin line in %j is the line', (spatial, inLine) => {
    const data = Float64Array.from({ length: product(spatial) }, (_, index) =>
      inLine(placeOf(spatial, index)) ? 1 : 0,
    );
    for (const steps of [0, 1, 3]) expect(skeletonOf({ spatial, data }, steps)).toEqual([...data]);
  });

  it('of a bar is thinner than the bar, and inside it', () => {
    const spatial = [7, 12];
    const data = Float64Array.from({ length: product(spatial) }, (_, index) => {
      const [row = 0] = placeOf(spatial, index);
      return row > 1 && row < 5 ? 1 : 0;
    });
    const skeleton = skeletonOf({ spatial, data }, 3);
    const rows = skeleton.map((x, index) => (x > 0 ? placeOf(spatial, index)[0] : undefined));
    expect(new Set(rows)).toEqual(new Set([undefined, 3]));
  });

  it('of probabilities is in [0, 1]', () => {
    fc.assert(
      fc.property(images(probabilities), iterations, (image, steps) => {
        expect(skeletonOf(image, steps).every((x) => x >= 0 && x <= 1)).toBe(true);
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});
