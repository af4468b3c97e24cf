import { apart, type Pair } from './differ.js';
import type { Input } from './input.js';

/** How one loss follows from the other on every input that was drawn. */
export type Relation =
  | { readonly kind: 'constant'; readonly text: 'b = a + value'; readonly value: number }
  | { readonly kind: 'factor'; readonly text: 'b = value a'; readonly value: number };

/** Of fewer inputs nothing is concluded. */
const fewest = 20;

/** A constant difference or quotient of losses and gradients: then they train the same way. */
export function relationOf(pair: Pair, inputs: readonly Input[]): Relation | undefined {
  const losses = inputs.map((input) => [pair.a.loss(input), pair.b.loss(input)] as const);
  const [[one, other] = [[], []]] = losses;
  const added = (other[0] ?? 0) - (one[0] ?? 0);
  const telling = losses.find(([loss]) => Math.abs(loss[0] ?? 0) > 1e-3);
  const times = telling === undefined ? 1 : (telling[1][0] ?? 0) / (telling[0][0] ?? 1);
  const follows = (loss: (x: number) => number, slope: number): boolean =>
    inputs.length >= fewest &&
    losses.every(([a, b]) => !apart(a.map(loss), b)) &&
    inputs.every(
      (input) =>
        !apart(
          pair.a.gradient(input).map((x) => slope * x),
          pair.b.gradient(input),
        ),
    );
  if (follows((loss) => loss + added, 1)) {
    return { kind: 'constant', text: 'b = a + value', value: tidied(added) };
  }
  return follows((loss) => times * loss, times)
    ? { kind: 'factor', text: 'b = value a', value: tidied(times) }
    : undefined;
}

/** Without the last digits, which are rounding. */
function tidied(value: number): number {
  return Number(value.toPrecision(9));
}
