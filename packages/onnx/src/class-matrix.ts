import type { ClassMap } from '@softdice/core';
import { elementNumber } from './model.js';
import { size, spatialShape } from './sizes.js';
import { type Emission, integerList, type Value } from './value.js';

/** Past every index: `Slice` cuts it to the size of the axis. */
const end = Number.MAX_SAFE_INTEGER;

/** The tensor of the classes that a map makes of channels. */
export function classesOf(emission: Emission, x: Value, map: ClassMap, wanted: string): string {
  const { graph } = emission;
  switch (map.kind) {
    case 'all':
      return x.name;
    case 'foreground':
      return graph.node('Slice', [x.name, ...[1, end, 1].map((at) => list(emission, at))], wanted);
    case 'matrix':
      return mixed(emission, x, coefficients(emission, map.rows), wanted);
    case 'rows': {
      if (map.rows.some((row) => row.length !== 1)) {
        return mixed(emission, x, classMatrix(emission, x.name, map.rows), wanted);
      }
      const channels = map.rows.flat();
      return graph.node('Gather', [x.name, integerList(emission, channels)], wanted, { axis: 1 });
    }
  }
}

/** The transposed map: the tensor of the channels from classes, of the channels of `like`. */
export function channelsOf(
  emission: Emission,
  x: Value,
  map: ClassMap,
  like: string,
  wanted: string,
): string {
  const { graph, spatialRank } = emission;
  switch (map.kind) {
    case 'all':
      return x.name;
    case 'foreground': {
      const none = Array<number>(spatialRank).fill(0);
      const pads = integerList(emission, [0, 1, ...none, 0, 0, ...none]);
      return graph.node('Pad', [x.name, pads], wanted);
    }
    case 'matrix': {
      const matrix = coefficients(emission, map.rows);
      const transposed = graph.node('Transpose', [matrix], 'classes/transposed', { perm: [1, 0] });
      return mixed(emission, x, transposed, wanted);
    }
    case 'rows': {
      const matrix = classMatrix(emission, like, map.rows);
      const transposed = graph.node('Transpose', [matrix], 'classes/transposed', { perm: [1, 0] });
      return mixed(emission, x, transposed, wanted);
    }
  }
}

/**
 * The matrix [classes, channels] of a map: the sum over its members of rows of the identity, so
 * that a member that is no channel is an error of the runtime rather than an empty class.
 */
function classMatrix(
  emission: Emission,
  like: string,
  rows: readonly (readonly number[])[],
): string {
  const { graph } = emission;
  const [zero, one] = [graph.constant('int64', [], [0]), graph.constant('int64', [], [1])];
  const channels = graph.node(
    'Range',
    [zero, size(emission, like, 'channel'), one],
    'channel/range',
  );
  const members = graph.constant('int64', [rows.flat().length, 1], rows.flat());
  const column = graph.node('Gather', [channels, members], 'classes/members');
  const equal = graph.node('Equal', [column, channels], 'classes/is-member');
  const memberRows = graph.node('Cast', [equal], 'classes/member-rows', {
    to: elementNumber('float'),
  });
  const owners = rows.flatMap((row, at) => row.map(() => at));
  const ownership = rows.flatMap((_, at) => owners.map((owner) => (owner === at ? 1 : 0)));
  const segments = graph.constant('float', [rows.length, owners.length], ownership);
  return graph.node('MatMul', [segments, memberRows], 'classes/matrix');
}

/** A matrix [classes, channels] of coefficients; of other channels it is an error of the runtime. */
function coefficients({ graph }: Emission, rows: readonly (readonly number[])[]): string {
  return graph.constant('float', [rows.length, rows[0]?.length ?? 0], rows.flat());
}

/** Multiplies axis 1 by a matrix. */
function mixed(emission: Emission, x: Value, matrix: string, wanted: string): string {
  const { graph, spatialRank } = emission;
  const flat = graph.node('Reshape', [x.name, integerList(emission, [0, 0, -1])], `${wanted}/flat`);
  const product = graph.node('MatMul', [matrix, flat], `${wanted}/product`);
  const ones = Array<number>(spatialRank).fill(1);
  const shape =
    x.axes.includes('voxel') && spatialRank > 0
      ? graph.node(
          'Concat',
          [integerList(emission, [0, 0]), spatialShape(emission)],
          'classes/shape',
          { axis: 0 },
        )
      : integerList(emission, [0, 0, ...ones]);
  return graph.node('Reshape', [product, shape], wanted);
}

function list(emission: Emission, value: number): string {
  return integerList(emission, [value]);
}
