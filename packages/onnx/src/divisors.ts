import { elementNumber } from './model.js';
import type { Emission } from './value.js';

/**
 * Which of some candidates divide a size: 1 for those that do, and themselves, else 0.
 *
 * @param prefix - What the names of the values begin with.
 */
export function divisors(
  { graph }: Emission,
  size: string,
  candidates: string,
  prefix: string,
): { readonly isDivisor: string; readonly divisors: string } {
  const zero = graph.constant('int64', [], [0]);
  const rest = graph.node('Mod', [size, candidates], `${prefix}/rest`);
  const divides = graph.node('Equal', [rest, zero], `${prefix}/divides`);
  const to = { to: elementNumber('int64') };
  const isDivisor = graph.node('Cast', [divides], `${prefix}/is-divisor`, to);
  return {
    isDivisor,
    divisors: graph.node('Mul', [candidates, isDivisor], `${prefix}/divisors`),
  };
}
