import { type LabelType, opsets } from '@softdice/onnx';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Batch, type Case, cases, type Tensor } from '../arbitraries/batch.js';
import { float64 } from '../tolerance/precision.js';
import { boundsOf } from './bounds.js';
import { type Disagreement, disagreements } from './compare.js';
import { halfTowardsZero, largestHalf } from './half.js';
import { graphTarget, type Run, type Writing } from './onnxruntime.js';
import { reference } from './reference.js';
import type { Target } from './target.js';

const seed = Number(process.env['SOFTDICE_SEED'] ?? 20_261);

const writings = (dtype: Writing['dtype']): fc.Arbitrary<Writing> =>
  fc.record({
    layout: fc.constantFrom('channelsFirst', 'channelsLast'),
    dtype: fc.constant(dtype),
    form: fc.constantFrom('inline', 'function'),
    opset: fc.constantFrom(...opsets),
    labels: fc.constantFrom<LabelType>('uint8', 'int32', 'int64'),
    blockSize: fc.option(fc.integer({ min: 1, max: 64 }), { nil: undefined }),
  });

/** However a graph is written, it agrees with the reference within derived bounds. */
export function writingSuite(name: string, run: Run, runs: number): void {
  it.each(['float32', 'float64', 'float16'] as const)(
    `${name} agrees with the reference, however a graph is written, in %s (${runs} cases)`,
    async (dtype) => {
      let largest = 0;
      await fc.assert(
        fc.asyncProperty(cases(), writings(dtype), async (drawn, writing) => {
          const { ignore = 0 } = { ignore: undefined, ...drawn.plan.target };
          fc.pre(writing.labels !== 'uint8' || (ignore ?? 0) >= 0);
          const held = dtype === 'float16' ? inHalf(drawn) : drawn;
          const found = await disagreementsOf(held, graphTarget(name, run, writing), dtype);
          fc.pre(found !== undefined);
          for (const { off, bound } of found ?? []) {
            if (bound <= 1e-3) largest = Math.max(largest, off);
          }
          expect(found?.filter(({ inBounds }) => inBounds > 1)).toEqual([]);
        }),
        { numRuns: runs, seed },
      );
      console.log(
        `${name}, ${dtype}, ${runs} cases: largest disagreement ${largest.toExponential(1)}`,
      );
      expect(largest).toBeGreaterThan(0);
    },
  );
}

/** A case whose numbers half precision holds; towards zero, so that shares still add up to at most 1. */
function inHalf(drawn: Case): Case {
  const of = ({ shape, data }: Tensor): Tensor => ({ shape, data: data.map(halfTowardsZero) });
  const { prediction, target, mask } = drawn.batch;
  const batch: Batch = {
    prediction: of(prediction),
    target: drawn.plan.target.kind === 'labels' ? target : of(target),
    ...(mask === undefined ? {} : { mask: of(mask) }),
  };
  return { ...drawn, batch };
}

/** None where the gradient has a number that half precision cannot hold. */
async function disagreementsOf(
  drawn: Case,
  target: Target,
  dtype: Writing['dtype'],
): Promise<readonly Disagreement[] | undefined> {
  const { spec, batch } = drawn;
  const expected = await reference.evaluate(spec, batch);
  const slopes = Array.from(expected.gradient.data, Math.abs);
  const half = dtype === 'float16';
  if (half && Math.max(...slopes) > largestHalf / 2) return undefined;
  const bounds = boundsOf(drawn, target.precision);
  // The gradient is rounded once more, to 11 bits or to a multiple of 2^-24.
  const { error: before } = bounds.gradient;
  const error = Float64Array.from(slopes, (slope, at) => {
    const off = before[before.length === 1 ? 0 : at] ?? 0;
    return off + (half ? 2 ** -11 * (slope + off) + 2 ** -25 : 0);
  });
  return disagreements(
    await target.evaluate(spec, batch),
    expected,
    { ...bounds, gradient: { ...bounds.gradient, error } },
    boundsOf(drawn, float64),
  );
}
