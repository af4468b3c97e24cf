import { evaluate, score } from '@softdice/reference';
import type { Difference } from './agreement.js';
import { type GoldenCase, numbersOf } from './golden-case.js';
import type { PeerMetric } from './peer-metric.js';

/** How the reference's score compares with the peer's; NaN is equal to NaN. */
export function metricAgreement(golden: GoldenCase, metric: PeerMetric): Difference {
  const { undefinedAs = Number.NaN } = metric;
  const received = scored(metric).map((value) => (Number.isNaN(value) ? undefinedAs : value));
  const expected = numbersOf(golden.value);
  if (received.length !== expected.length) {
    throw new RangeError(`${received.length} numbers where the peer has ${expected.length}`);
  }
  // float64 against float64: rounding of a few sums.
  const bound = (value: number): number => 1e-10 * Math.max(Math.abs(value), 1);
  const wrong = expected.filter((value, at) => {
    const own = received[at] ?? Number.NaN;
    return !(Number.isNaN(value) ? Number.isNaN(own) : Math.abs(own - value) <= bound(value));
  });
  if (wrong.length === 0) return 'nowhere';
  return wrong.every(Number.isNaN) ? 'where the peer has NaN' : 'elsewhere';
}

/** The reference's numbers. */
export function scored({ measure, prediction, target }: PeerMetric): readonly number[] {
  const inputs = { prediction, target };
  return Array.from(
    'hard' in measure ? score(measure.hard, inputs).data : evaluate(measure.soft, inputs).loss.data,
  );
}
