import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type MetricCase, metricCases } from '../arbitraries/metric.js';
import { float64 } from '../tolerance/precision.js';
import { type MetricBounds, metricBounds } from './metric-bounds.js';
import { metricReference } from './metric-reference.js';
import type { MetricTarget } from './metric-target.js';
import type { Result } from './target.js';

const seed = Number(process.env['SOFTDICE_SEED'] ?? 20_261);

/**
 * Hard scores of a backend against the reference: NaN where it has NaN, counts that are equal, scores
 * within the bounds derived for the head.
 */
export function metricSuite(target: MetricTarget, runs: number, ranks: readonly number[]): void {
  it(`${target.name} scores as the reference does (${runs} cases)`, async () => {
    await fc.assert(
      fc.asyncProperty(metricCases(fc.constantFrom(...ranks)), async (drawn) => {
        expect(await differences(target, drawn)).toEqual([]);
      }),
      { numRuns: runs, seed },
    );
  });
}

/** Where a backend differs from the reference. */
export async function differences(
  target: MetricTarget,
  { metric, batch }: MetricCase,
): Promise<readonly string[]> {
  const received = await target.evaluateMetric(metric, batch);
  const expected = await metricReference.evaluateMetric(metric, batch);
  let known: readonly MetricBounds[] | undefined;
  // Most numbers are equal, and need no bound.
  const bounds = (): readonly MetricBounds[] => {
    known ??= [...new Set([target.precision, float64])].map((precision) =>
      metricBounds(metric, batch, precision),
    );
    return known;
  };
  const scores = (['score', 'scores'] as const).flatMap((part) =>
    compared(part, received[part], expected[part], (at) => allowed(bounds(), part, at)),
  );
  const counts = Object.entries(expected.statistics).flatMap(([name, wanted]) => {
    const got = received.statistics[name];
    return got === undefined ? [`no ${name}`] : compared(name, got, wanted, () => 0);
  });
  return [...scores, ...counts];
}

function allowed(bounds: readonly MetricBounds[], part: keyof MetricBounds, at: number): number {
  return bounds.reduce((sum, bound) => {
    const { error } = bound[part];
    return sum + (error[error.length === 1 ? 0 : at] ?? 0);
  }, 0);
}

/** What of a result is not as expected. */
export function compared(
  what: string,
  received: Result,
  expected: Result,
  bound: (at: number) => number,
): readonly string[] {
  if (received.shape.join() !== expected.shape.join()) {
    return [`${what} has shape [${received.shape}] instead of [${expected.shape}]`];
  }
  return Array.from(expected.data).flatMap((wanted, at) => {
    const got = received.data[at] ?? 'nothing';
    const same = Object.is(got, wanted) || got === wanted;
    const close = !same && typeof got === 'number' && Math.abs(got - wanted) <= bound(at);
    return same || close
      ? []
      : [`${what}[${at}] is ${got} instead of ${wanted} (bound ${bound(at)})`];
  });
}
