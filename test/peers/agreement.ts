import { reference } from '../conformance/reference.js';
import type { LevelsTarget } from '../conformance/target.js';
import { float64 } from '../tolerance/precision.js';
import type { Deviation } from './deviations.js';
import { type Evaluated, errorBounds, evaluated } from './evaluated.js';
import { type GoldenCase, numbersOf } from './golden-case.js';
import { fromChannelsFirst } from './layout.js';
import type { PeerLevels, PeerLoss } from './peer-loss.js';

/** Where an array differs from the expected one by more than is allowed. */
export type Difference = 'nowhere' | 'where the peer has NaN' | 'elsewhere';

/** How a judge's loss and gradient compare with what is expected. */
export interface Agreement {
  readonly value: Difference;
  /** Undefined where the peer's gradient is not known. */
  readonly gradient: Difference | undefined;
  /** The largest error of each, for messages. */
  readonly errors: readonly [value: number, gradient: number];
}

/**
 * Compares a judge's loss and gradient with the peer's.
 *
 * A judge in float64 must agree to 1e-10 of the largest number: rounding of a few hundred sums, and of
 * values printed in full. Any other must agree within that and its own derived bounds.
 *
 * @param deviates - The case is known to differ in float64. How a coarser judge sees that says nothing:
 *   it must agree with the reference instead.
 */
export async function agreement(
  golden: GoldenCase,
  loss: PeerLoss | PeerLevels,
  judge: LevelsTarget,
  deviates: boolean,
): Promise<Agreement> {
  const received = await evaluated(loss, judge);
  const exact = judge.precision === float64;
  const expected = deviates && !exact ? await byReference(golden, loss) : peers(golden);
  const bounds = exact ? undefined : errorBounds(loss, judge.precision);
  const { roundoff = 0 } = loss;
  const { rtol = 0, atol = 0 } = golden.tol ?? {};
  const scale = largest(expected.value);
  // A score is of the order of 1, so the error of its sums does not shrink with a small loss.
  const own = Math.max(float64Error(scale), roundoff * Math.max(scale, 1));
  const values = errorsOf(received.value, expected.value);
  const value = difference(
    values,
    expected.value,
    (at, number) => own + atol + rtol * Math.abs(number) + (bounds?.value[at] ?? 0),
  );
  if (expected.gradient === undefined) {
    return { value, gradient: undefined, errors: [largest(values), 0] };
  }
  const slopes = errorsOf(inPeersLayout(golden, received.gradient), expected.gradient);
  const steepest = largest(expected.gradient);
  const slack = bounds && inPeersLayout(golden, bounds.gradient);
  const allowed = Math.max(float64Error(steepest), roundoff * steepest);
  return {
    value,
    gradient: difference(slopes, expected.gradient, (at) => allowed + (slack?.[at] ?? 0)),
    errors: [largest(values), largest(slopes)],
  };
}

/** What must come out: no difference, or that of a listed deviation. */
export function expectedDifference(
  { grad }: GoldenCase,
  deviation: Deviation | undefined,
  judge: LevelsTarget,
): object {
  const gradient = grad === null ? undefined : 'nowhere';
  const differs = judge.precision === float64 ? deviation?.differs : undefined;
  return typeof differs === 'object' ? differs : { value: 'nowhere', gradient };
}

interface Expected {
  readonly value: readonly number[];
  readonly gradient: readonly number[] | undefined;
}

function peers({ value, grad }: GoldenCase): Expected {
  return { value: numbersOf(value), gradient: grad === null ? undefined : numbersOf(grad) };
}

async function byReference(golden: GoldenCase, loss: PeerLoss | PeerLevels): Promise<Expected> {
  const { value, gradient } = await evaluated(loss, reference);
  return { value, gradient: golden.grad === null ? undefined : inPeersLayout(golden, gradient) };
}

function float64Error(scale: number): number {
  return Math.max(1e-10 * scale, 1e-12);
}

/** The gradient, which is channels first, in the order of the peer's input. */
function inPeersLayout(
  { input, layout }: GoldenCase,
  gradient: Evaluated['gradient'],
): readonly number[] {
  const [samples = 1, ...rest] = input.shape;
  const first = [samples, rest.at(-1) ?? 1, ...rest.slice(0, -1)];
  const shape = layout.endsWith('C') ? first : input.shape;
  return Array.from(fromChannelsFirst({ shape, data: gradient }, layout).data);
}

function errorsOf(received: readonly number[], expected: readonly number[]): readonly number[] {
  if (received.length !== expected.length) {
    throw new RangeError(`${received.length} numbers where the peer has ${expected.length}`);
  }
  return expected.map((number, at) => Math.abs((received[at] ?? Number.NaN) - number));
}

function difference(
  errors: readonly number[],
  expected: readonly number[],
  allowed: (at: number, number: number) => number,
): Difference {
  // NaN compares as false, so that it never fits.
  const fits = (number: number, at: number): boolean =>
    (errors[at] ?? Number.NaN) <= allowed(at, number);
  const wrong = expected.filter((number, at) => !fits(number, at));
  if (wrong.length === 0) return 'nowhere';
  const peers = expected.filter(Number.isNaN).length;
  return peers === wrong.length && wrong.every(Number.isNaN)
    ? 'where the peer has NaN'
    : 'elsewhere';
}

/** The largest magnitude, NaN aside. */
function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => (Math.abs(number) > most ? Math.abs(number) : most), 0);
}
