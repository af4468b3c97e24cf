import type { NestedNumbers } from '../argument.js';
import type { Situation } from '../situation.js';

/**
 * A factor per channel from a tensor that torch broadcasts against `[N, C, ...spatial]`: one number, or
 * of a size other than 1 along the channels alone. As float32.
 */
export function perChannel(
  argument: string,
  given: NestedNumbers | null,
  { channels, rank, refuse, odd }: Situation,
): readonly number[] {
  if (given === null) return Array<number>(channels).fill(1);
  const shape = shapeOf(given);
  const values = flat(given).map(Math.fround);
  if (values.length === 1) return Array<number>(channels).fill(values[0] ?? 1);
  const axis = shape.length - 1 - rank;
  if (shape[axis] === values.length && values.length === channels) return values;
  if (shape.length === 1 && values.length === channels) {
    odd(argument, {
      expected: `one number, or ${channels} of shape [${[channels, ...Array<number>(rank).fill(1)]}]`,
      peer: 'torch broadcasts a list along the last spatial axis',
      here: 'a factor per channel',
    });
    return values;
  }
  refuse(
    argument,
    `one number, or ${channels} of shape [${[channels, ...Array<number>(rank).fill(1)]}]`,
  );
  return Array<number>(channels).fill(1);
}

function shapeOf(tensor: NestedNumbers): readonly number[] {
  if (typeof tensor === 'number') return [];
  const [first = 0] = tensor;
  return [tensor.length, ...shapeOf(first)];
}

function flat(tensor: NestedNumbers): readonly number[] {
  return typeof tensor === 'number' ? [tensor] : tensor.flatMap(flat);
}
