import { type GoldenCase, numbersOf } from './golden-case.js';
import type { Judge } from './judges.js';
import { fromChannelsFirst } from './layout.js';
import type { Afterwards, PeerLoss } from './peer-loss.js';

/** Where an array differs from the peer's by more than the tolerance. */
export type Difference = 'nowhere' | 'where the peer has NaN' | 'elsewhere';

/** How a judge's loss and gradient compare with the peer's. */
export interface Agreement {
  readonly value: Difference;
  /** Undefined where the peer's gradient is not known. */
  readonly gradient: Difference | undefined;
  /** The largest error of each, for messages. */
  readonly errors: readonly [value: number, gradient: number];
}

/** Compares a judge's loss and gradient with the peer's. */
export function agreement(golden: GoldenCase, loss: PeerLoss, judge: Judge): Agreement {
  const { afterwards, roundoff = 0 } = loss;
  const evaluated = judge.evaluated(loss, afterwards && slopesOf(afterwards));
  const elements = Array.from(evaluated.loss);
  const value = afterwards?.map((row) => weightedSum(row, elements)) ?? elements;
  const { rtol = 0, atol = 0 } = golden.tol ?? {};
  const expected = numbersOf(golden.value);
  const scale = largest(expected);
  // A score is of the order of 1, so the error of its sums does not shrink with a small loss.
  const allowed = Math.max(judge.tolerance(scale), roundoff * Math.max(scale, 1));
  const values = errorsOf(value, expected);
  const valueDiffers = difference(
    values,
    expected,
    (number) => allowed + atol + rtol * Math.abs(number),
  );
  if (golden.grad === null) {
    return { value: valueDiffers, gradient: undefined, errors: [largest(values), 0] };
  }
  const slopes = numbersOf(golden.grad);
  const steepest = largest(slopes);
  const gradient = errorsOf(inPeersLayout(golden, evaluated.gradient), slopes);
  const bound = Math.max(judge.tolerance(steepest), roundoff * steepest);
  return {
    value: valueDiffers,
    gradient: difference(gradient, slopes, () => bound),
    errors: [largest(values), largest(gradient)],
  };
}

/** The derivative of all that the peer returns, summed, by each element of the loss. */
function slopesOf(rows: Afterwards): readonly number[] {
  const [first = []] = rows;
  return first.map((_, at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0));
}

function weightedSum(weights: readonly number[], values: readonly number[]): number {
  return values.reduce((sum, value, at) => sum + (weights[at] ?? 0) * value, 0);
}

/** The gradient, which is channels first, in the order of the peer's input. */
function inPeersLayout({ input, layout }: GoldenCase, gradient: ArrayLike<number>): number[] {
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
  bound: (number: number) => number,
): Difference {
  // NaN compares as false, so that it never fits.
  const wrong = expected.filter((number, at) => !((errors[at] ?? Number.NaN) <= bound(number)));
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
