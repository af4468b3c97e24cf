import { execute } from '../../execute/execute.js';
import { type NamedArray, scalar } from '../../execute/named-array.js';
import { opTableOf } from '../../execute/ops.js';
import type { Program } from '../../program/program.js';

/** What a program gives for inputs. */
export interface Ran {
  /** The loss; the sum of its entries where it is a grid. */
  readonly loss: number;
  /** Its derivatives by the prediction, row-major over sample, channel and voxel. */
  readonly gradient: readonly number[];
}

/** Runs a program in float64 on inputs by name. */
export function ranExample(
  program: Program,
  inputs: Readonly<Record<string, NamedArray>>,
  spatial: readonly number[],
): Ran {
  const { loss, gradient } = program.whole;
  const [value, slopes] = execute(opTableOf(spatial), [loss, gradient], (input) =>
    input === 'cotangent' ? scalar(1) : inputs[input],
  );
  return {
    loss: [...(value?.data ?? [])].reduce((sum, entry) => sum + entry, 0),
    gradient: [...(slopes?.data ?? [])],
  };
}
