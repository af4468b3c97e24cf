import { type Axis, carriedName, type Node, type Program } from '@softdice/core';
import type { BlockRuns } from './block-runs.js';
import type { Port } from './graph.js';
import { inputValue } from './placement.js';
import { type Sized, sizes } from './sizes.js';
import { type Block, type Emission, integerList, type Value } from './value.js';

/** What a loop over blocks runs over. */
export interface Blocked {
  readonly emission: Emission;
  readonly program: Program;
  /** Prediction, target and mask. */
  readonly ports: readonly Port[];
  readonly runs: BlockRuns;
}

/** The graph of one block. */
export interface BlockBody {
  readonly emission: Emission;
  /** Its inputs: runs of voxels of prediction, target and mask, and what an earlier loop left. */
  readonly given: (input: string) => Value | undefined;
}

/** A tensor of each block. */
export interface BlockOutput {
  readonly port: Port;
  readonly tensor: string;
}

/**
 * Computes something of each block, and stacks it along a new first axis.
 *
 * @param carried - What an earlier loop stacked of {@link carriedName}.
 */
export function inBlocks(
  { emission, program, ports, runs }: Blocked,
  write: (body: BlockBody) => readonly BlockOutput[],
  carried?: { readonly node: Node; readonly stacked: string },
): readonly string[] {
  const { graph, real } = emission;
  const inside = graph.body();
  const place = (name: string): string => inside.input({ name, type: 'int64', dims: [1] });
  const bounds = [place('block/begin'), place('block/end')] as const;
  const cut = ports.map((port) => ({ port, ...row(emission, port) }));
  const blocks = new Map<string, Block>();
  const slices = cut.map(({ port, name, axis, of }) => {
    const axes = integerList(emission, [axis]);
    const slice = inside.node('Slice', [name, ...bounds, axes], `${port.name}/block`);
    blocks.set(slice, { of, voxels: runs.length });
    return { port, slice };
  });
  const [first] = slices;
  if (first === undefined) throw new TypeError('a loss has a prediction');
  const body: Emission = {
    ...emission,
    graph: inside,
    borderRank: 1,
    spatialRank: 1,
    prediction: first.slice,
    blocks,
  };
  const left: Value | undefined = carried && {
    name: inside.input({
      name: `${carriedName}/block`,
      type: real,
      dims: blockDims(carried.node.axes),
    }),
    axes: carried.node.axes,
    rank: 3,
  };
  const given = (input: string): Value | undefined => {
    if (input === carriedName) return left;
    const found = slices.find(({ port }) => port.name === input);
    return found && inputValue(body, program, found.port, found.slice);
  };
  const outputs = write({ emission: body, given });
  for (const { port, tensor } of outputs) inside.output(port, tensor);
  const stacks = carried === undefined ? [] : [carried.stacked];
  return graph.nodes(
    'Scan',
    [runs.from, runs.to, ...stacks],
    outputs.map(({ port }) => `${port.name}/stacked`),
    { body: inside.build(), num_scan_inputs: 2 + stacks.length },
  );
}

/** The sizes of a tensor of a block, in their order inside a graph; of sums there are several. */
export function blockDims(axes: readonly Axis[]): readonly (number | string)[] {
  const has = (axis: Axis): boolean => axes.includes(axis);
  return [
    has('sample') ? 'N' : 1,
    has('channel') ? 'C' : has('class') ? 'classes' : 1,
    has('voxel') ? 'B' : 'parts',
  ];
}

/** An input with its voxels in a row, wherever its channels stand; where that row is; and the input itself. */
function row(
  emission: Emission,
  { name, dims }: Port,
): { readonly name: string; readonly axis: number; readonly of: Sized } {
  const { graph, layout, borderRank } = emission;
  const flat = dims.length === 1 + borderRank;
  const of: Sized = { name, layout: flat ? 'channelsLast' : layout, spatialRank: borderRank };
  const axis = of.layout === 'channelsLast' ? 1 : 2;
  if (borderRank === 1) return { name, axis, of };
  const shape = (): string => {
    if (flat) return integerList(emission, [0, -1]);
    if (axis === 2) return integerList(emission, [0, 0, -1]);
    const channels = sizes(emission, of, 'channel');
    return graph.node('Concat', [integerList(emission, [0, -1]), channels], `${name}/row-shape`, {
      axis: 0,
    });
  };
  return { name: graph.node('Reshape', [name, shape()], `${name}/row`), axis, of };
}
