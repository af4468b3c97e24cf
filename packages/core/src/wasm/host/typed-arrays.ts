import type { Layout } from '../../plan/layout.js';
import type { VoxelProgram } from '../../program/program.js';
import { InputError, type Problem, shown } from '../../schema/problem.js';
import { type Fused, fusedOf } from './fused.js';
import type { Sizes } from './grid.js';
import { inputTensors } from './tensors.js';
import type { Source } from './tiles.js';

/** Numbers in the order of a shape. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** How arrays are laid out. */
export interface ArrayOptions {
  /** Where the channels are; `'channelsFirst'` by default. */
  readonly layout?: Layout;
}

/**
 * The kernels of a program for arrays in a layout.
 *
 * @param is - Whether what was given is a program of the kind that is wanted.
 * @param fix - How to make one.
 * @throws InputError - where it is none, kernels cannot run here, or the program has none.
 */
export function arrayKernels<P extends VoxelProgram>(
  program: P,
  { layout = 'channelsFirst' }: ArrayOptions,
  is: boolean,
  fix: string,
): { readonly fused: Fused<P>; readonly layout: Layout } {
  const problems: Problem[] = [];
  if (layout !== 'channelsFirst' && layout !== 'channelsLast') {
    const expected = "'channelsFirst' | 'channelsLast'";
    problems.push({ path: 'options.layout', expected, received: shown(layout) });
  }
  const fused = is ? fusedOf(program) : undefined;
  if (fused === undefined) {
    problems.push({ path: 'program', expected: 'a program', received: shown(program), fix });
  } else if ('reason' in fused) {
    const [expected, another] = ['a program with kernels', 'use another backend'];
    problems.push({ path: 'program', expected, received: fused.reason, fix: another });
  } else if (problems.length === 0) {
    return { fused, layout };
  }
  throw new InputError(problems);
}

/** The sizes of a shape, channels first. */
export function sizesOf([samples = 1, channels = 1, ...spatial]: readonly number[]): Sizes {
  return { samples, channels, voxels: spatial.reduce((product, size) => product * size, 1) };
}

/** Arrays as the inputs of a program. */
export function inputSources(
  program: VoxelProgram,
  { channels }: Sizes,
  given: Readonly<Record<string, Numbers | undefined>>,
): readonly Source[] {
  return inputTensors(program, channels).flatMap((tensor) => {
    const data = given[tensor.name]?.data;
    return data === undefined ? [] : [{ ...tensor, data }];
  });
}
