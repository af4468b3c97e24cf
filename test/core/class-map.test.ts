import {
  builder,
  type ClassMap,
  classCount,
  classMembers,
  execute,
  filled,
  type NamedArray,
  opTable,
} from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const cases = fc.integer({ min: 2, max: 5 }).chain((channels) => {
  const row = fc.uniqueArray(fc.nat(channels - 1), { minLength: 1 });
  const rows = fc.array(row, { minLength: 1, maxLength: 4 });
  return fc.record({
    channels: fc.constant(channels),
    map: fc.oneof(
      fc.constant<ClassMap>({ kind: 'all' }),
      fc.constant<ClassMap>({ kind: 'foreground' }),
      rows.map((drawn): ClassMap => ({ kind: 'rows', rows: drawn })),
      fc
        .array(
          fc.array(fc.constantFrom(0, 1, 0.5, -3), { minLength: channels, maxLength: channels }),
          {
            minLength: 1,
            maxLength: 4,
          },
        )
        .map((drawn): ClassMap => ({ kind: 'matrix', rows: drawn })),
    ),
    numbers: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 60, maxLength: 60 }),
  });
});

const inner = (a: NamedArray | undefined, c: NamedArray): number =>
  c.data.reduce((sum, value, at) => sum + value * (a?.data[at] ?? Number.NaN), 0);

describe('toClass and toChannel', () => {
  it('are transposed to each other: <Lx, y> = <x, L*y>', () => {
    fc.assert(
      fc.property(cases, ({ channels, map, numbers }) => {
        const b = builder();
        const classes = classCount(map, channels);
        const x = filled(
          ['sample', 'channel', 'voxel'],
          [2, channels, 3],
          (at) => numbers[at] ?? 1,
        );
        const y = filled(['sample', 'class', 'voxel'], [2, classes, 3], (at) => at - 7);
        const nodes = [b.input('x', x.axes), b.input('y', y.axes)] as const;
        const forward = b.toClass(nodes[0], map);
        const backward = b.toChannel(nodes[1], map, nodes[0], nodes[1]);
        const [lx, ly] = execute(opTable, [forward, backward], (name) => (name === 'x' ? x : y));
        expect(lx?.shape).toEqual([2, classes, 3]);
        expect(ly?.shape).toEqual([2, channels, 3]);
        expect(inner(lx, y)).toBe(inner(ly, x));
      }),
      { seed: 1 },
    );
  });

  it('multiply by the coefficients of a matrix', () => {
    const b = builder();
    const like = b.input('x', ['channel']);
    const map = {
      kind: 'matrix',
      rows: [
        [0, 0.5, 2],
        [1, 0, -1],
      ],
    } as const;
    const nodes = [b.toClass(like, map), b.toChannel(b.vector([5, 7]), map, like, like)];
    const [classes, channels] = execute(opTable, nodes, () =>
      filled(['channel'], [3], (at) => at + 1),
    );
    expect([...(classes?.data ?? [])]).toEqual([7, -2]);
    expect([...(channels?.data ?? [])]).toEqual([7, 2.5, 3]);
  });

  it('take what lacks their axis as the same along it', () => {
    const b = builder();
    const like = b.input('x', ['channel']);
    const x = filled(['channel'], [3], (at) => at);
    const classes = b.toClass(b.real(2), { kind: 'rows', rows: [[0, 2], [1]] }, like);
    const channels = b.toChannel(b.real(2), { kind: 'foreground' }, like, b.vector([1, 1]));
    const [there, back] = execute(opTable, [classes, channels], () => x);
    expect([...(there?.data ?? [])]).toEqual([4, 2]);
    expect([...(back?.data ?? [])]).toEqual([0, 2, 2]);
  });
});

describe('the members of a map', () => {
  it.each<readonly [ClassMap, readonly (readonly number[])[]]>([
    [{ kind: 'all' }, [[0], [1], [2]]],
    [{ kind: 'foreground' }, [[1], [2]]],
    [{ kind: 'rows', rows: [[2, 0], [1]] }, [[2, 0], [1]]],
  ])('%j', (map, rows) => {
    const members = (row: readonly number[]) => row.map((channel) => ({ channel, factor: 1 }));
    expect(classMembers(map, 3)).toEqual(rows.map(members));
    expect(classCount(map, 3)).toBe(rows.length);
  });
});
