import type { LossSpec } from '@softdice/core';
import { evaluate } from '@softdice/reference';
import { digits } from './number-text.js';
import type { Inputs } from './thread-formula.js';

/** The sums that a score is made of, from which a reader can compute it: `I = 2.25, P = 4, T = 3`. */
export function sums(spec: LossSpec, inputs: Inputs): string {
  const { statistics } = evaluate(spec, inputs);
  return Object.entries(statistics)
    .map(([name, { data }]) => `${name.replace(/^.*\./, '')} = ${listed(digits(data))}`)
    .join(', ');
}

function listed(numbers: string): string {
  return numbers.includes(' ') ? `(${numbers.replaceAll(' ', ', ')})` : numbers;
}
