import type { ClassMap } from '@softdice/core';
import { channelPosition } from './layout.js';
import { elementNumber } from './model.js';
import { predictionSized, type Sized, size, sizedAs, sizes } from './sizes.js';
import { type Emission, integerList, type Value } from './value.js';

/** Past every index: `Slice` cuts it to the size of the axis. */
const end = Number.MAX_SAFE_INTEGER;

/** The tensor of the classes that a map makes of channels. */
export function classesOf(emission: Emission, x: Value, map: ClassMap, wanted: string): string {
  const { graph } = emission;
  const axis = channelPosition;
  switch (map.kind) {
    case 'all':
      return x.name;
    case 'foreground': {
      const range = [1, end, axis].map((at) => integerList(emission, [at]));
      return graph.node('Slice', [x.name, ...range], wanted);
    }
    case 'matrix':
      return mixed(emission, x, factors(emission, coefficients(emission, map.rows)), wanted);
    case 'rows': {
      if (map.rows.some((row) => row.length !== 1)) {
        return mixed(
          emission,
          x,
          factors(emission, members(emission, sizedAs(emission, x), map.rows)),
          wanted,
        );
      }
      const channels = map.rows.flat();
      return graph.node('Gather', [x.name, integerList(emission, channels)], wanted, { axis });
    }
  }
}

/** The transposed map: the tensor of the channels from classes, of the channels of `like`. */
export function channelsOf(
  emission: Emission,
  x: Value,
  map: ClassMap,
  like: Sized,
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
      const { rows, transposed } = coefficients(emission, map.rows);
      const turned = factors(emission, { rows: transposed, transposed: rows });
      return mixed(emission, x, turned, wanted);
    }
    case 'rows': {
      const { rows, transposed } = members(emission, like, map.rows);
      const turned = factors(emission, { rows: transposed, transposed: rows });
      return mixed(emission, x, turned, wanted);
    }
  }
}

/** A matrix [classes, channels] and its transpose, each added to the graph where it is asked for. */
interface Matrix {
  readonly rows: () => string;
  readonly transposed: () => string;
}

/** Whether no axis follows the channels, so that a matrix multiplies them from the right. */
function areLast({ spatialRank }: Emission): boolean {
  return spatialRank === 0;
}

/** What multiplies the channels, from the right or from the left. */
function factors(emission: Emission, matrix: Matrix): string {
  return areLast(emission) ? matrix.transposed() : matrix.rows();
}

/**
 * The matrix [classes, channels] of a map: the sum over its members of rows of the identity, so
 * that a member that is no channel is an error of the runtime rather than an empty class.
 */
function members(emission: Emission, like: Sized, rows: readonly (readonly number[])[]): Matrix {
  const { graph, real } = emission;
  const matrix = (): string => {
    const [zero, one] = [graph.constant('int64', [], [0]), graph.constant('int64', [], [1])];
    const count = size(emission, like, 'channel');
    const channels = graph.node('Range', [zero, count, one], 'channel/range');
    const column = graph.constant('int64', [rows.flat().length, 1], rows.flat());
    const named = graph.node('Gather', [channels, column], 'classes/members');
    const equal = graph.node('Equal', [named, channels], 'classes/is-member');
    const to = { to: elementNumber(real) };
    const memberRows = graph.node('Cast', [equal], 'classes/member-rows', to);
    const owners = rows.flatMap((row, at) => row.map(() => at));
    const ownership = rows.flatMap((_, at) => owners.map((owner) => (owner === at ? 1 : 0)));
    const segments = graph.constant(real, [rows.length, owners.length], ownership);
    return graph.node('MatMul', [segments, memberRows], 'classes/matrix');
  };
  const perm = { perm: [1, 0] };
  const transposed = (): string => graph.node('Transpose', [matrix()], 'classes/transposed', perm);
  return { rows: matrix, transposed };
}

/** A matrix [classes, channels] of coefficients; of other channels it is an error of the runtime. */
function coefficients({ graph, real }: Emission, rows: readonly (readonly number[])[]): Matrix {
  const [first = []] = rows;
  const columns = first.map((_, channel) => rows.map((row) => row[channel] ?? 0));
  return {
    rows: () => graph.constant(real, [rows.length, first.length], rows.flat()),
    transposed: () => graph.constant(real, [first.length, rows.length], columns.flat()),
  };
}

/** Multiplies the channels by a matrix. */
function mixed(emission: Emission, x: Value, matrix: string, wanted: string): string {
  const { graph, spatialRank } = emission;
  if (areLast(emission)) return product(emission, x.name, matrix, '...c,ck->...k', wanted);
  const left = 'kc,ncv->nkv';
  if (spatialRank === 1) return product(emission, matrix, x.name, left, wanted);
  const flat = graph.node('Reshape', [x.name, integerList(emission, [0, 0, -1])], `${wanted}/flat`);
  const flatProduct = product(emission, matrix, flat, left, `${wanted}/product`);
  const ones = Array<number>(spatialRank).fill(1);
  const shape = x.axes.includes('voxel')
    ? graph.node(
        'Concat',
        [integerList(emission, [0, 0]), sizes(emission, predictionSized(emission), 'voxel')],
        'classes/shape',
        { axis: 0 },
      )
    : integerList(emission, [0, 0, ...ones]);
  return graph.node('Reshape', [flatProduct, shape], wanted);
}

/**
 * A matrix product. onnxruntime 1.30 fuses a factor before a `MatMul` into it as a float32, which is off by 1e-9 in
 * float64: there it is an `Einsum`.
 */
function product(
  { graph, real }: Emission,
  a: string,
  b: string,
  equation: string,
  wanted: string,
): string {
  return real === 'float'
    ? graph.node('MatMul', [a, b], wanted)
    : graph.node('Einsum', [a, b], wanted, { equation });
}
