import { execute } from '../../execute/execute.js';
import { gridOps } from '../../execute/grid-ops.js';
import { type NamedArray, scalar } from '../../execute/named-array.js';
import type { Node, OpTable } from '../../expression/node.js';
import {
  coefficientInput,
  type Named,
  type Program,
  statisticInput,
  type VoxelProgram,
} from '../../program/program.js';
import { notPointwise } from '../../schedule/not-pointwise.js';

/** Values without voxels, by name. */
export type Grids = Readonly<Record<string, NamedArray>>;

/** How large the inputs are. */
export interface Sizes {
  readonly samples: number;
  readonly channels: number;
  readonly voxels: number;
}

/** The inputs as what has no voxels sees them: their sizes, and no values. */
export function inputSizes({ inputs }: VoxelProgram, { samples, channels, voxels }: Sizes): Grids {
  const size = { sample: samples, channel: channels, class: 0, voxel: voxels };
  return Object.fromEntries(
    inputs.map(({ name, axes }) => [
      name,
      { axes, shape: axes.map((axis) => size[axis]), data: new Float64Array(0) },
    ]),
  );
}

const ops: OpTable<NamedArray> = { ...notPointwise, ...gridOps };

/** The values of nodes without voxels, in float64. */
export function gridValues(nodes: readonly Node[], given: Grids): readonly NamedArray[] {
  return execute(ops, nodes, (name) => given[name]);
}

/** Values of named nodes, by name. */
export function namedValues(nodes: readonly Named[], given: Grids): Grids {
  const values = gridValues(
    nodes.map(({ node }) => node),
    given,
  );
  return Object.fromEntries(
    nodes.flatMap(({ name }, at) => values.slice(at, at + 1).map((value) => [name, value])),
  );
}

/** Renames values. */
function renamed(values: Grids, name: (of: string) => string): Grids {
  return Object.fromEntries(Object.entries(values).map(([of, value]) => [name(of), value]));
}

/** What the head of a program knows. */
export function headInputs(statistics: Grids, cotangent: NamedArray = scalar(1)): Grids {
  return { ...renamed(statistics, statisticInput), cotangent };
}

/** The coefficients of the statistics as the inputs of a backward sweep. */
export function coefficientInputs(
  { head }: Pick<Program, 'head'>,
  statistics: Grids,
  cotangent?: NamedArray,
): Grids {
  const values = namedValues(head.coefficients, headInputs(statistics, cotangent));
  return renamed(values, coefficientInput);
}
