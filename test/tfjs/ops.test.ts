import {
  type Axis,
  type Builder,
  builder,
  execute,
  type NamedArray,
  type Node,
  opTableOf,
} from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { placementOf } from '../../packages/tfjs/src/layout.js';
import { opsOf } from '../../packages/tfjs/src/ops.js';
import { namedLeaves } from '../../packages/tfjs/src/placement.js';
import { run, schedule } from '../../packages/tfjs/src/run.js';
import { backends, useBackend } from './backend.js';
import { disagreement, filled, random } from './samples.js';

// 192 voxels: more than a block of a sum, and many rows of a broadcast.
const sizes = { sample: 2, channel: 3, class: 2, voxel: 192 } as const;
const spatial = [4, 6, 8];
const all: readonly Axis[] = ['sample', 'channel', 'voxel'];
const axisSets: readonly (readonly Axis[])[] = [
  all,
  ['sample', 'channel'],
  ['channel'],
  ['channel', 'voxel'],
  ['sample', 'voxel'],
  ['voxel'],
  ['sample'],
  [],
];
const maps = [
  { kind: 'all' },
  { kind: 'foreground' },
  { kind: 'rows', rows: [[2], [0]] },
  {
    kind: 'rows',
    rows: [
      [0, 2],
      [1, 2],
    ],
  },
  {
    kind: 'matrix',
    rows: [
      [0, 0.3, 1],
      [0.7, 0, 2.5],
    ],
  },
] as const;

/** Every op over the positive inputs x and y. */
const expressions: Readonly<Record<string, (b: Builder, x: Node, y: Node) => Node>> = {
  add: (b, x, y) => b.add(x, y),
  sub: (b, x, y) => b.sub(x, y),
  mul: (b, x, y) => b.mul(x, y),
  div: (b, x, y) => b.div(x, y),
  max: (b, x, y) => b.max(x, y),
  min: (b, x, y) => b.min(x, y),
  less: (b, x, y) => b.less(x, y),
  equal: (b, x, y) => b.equal(x, y),
  'pow 3': (b, x) => b.pow(x, 3),
  'pow 4': (b, x) => b.pow(x, 4),
  'pow -0.25': (b, x) => b.pow(x, -0.25),
  exp: (b, x) => b.exp(x),
  log: (b, x) => b.log(x),
  abs: (b, x, y) => b.abs(b.sub(x, y)),
  sign: (b, x, y) => b.sign(b.sub(x, y)),
  'sign of small numbers': (b, x, y) => b.sign(b.mul(b.real(1e-12), b.sub(x, y))),
  sigmoid: (b, x) => b.sigmoid(x),
  softplus: (b, x, y) => b.softplus(b.mul(b.real(8), b.sub(x, y))),
};

/** Expressions over x, which has all axes, and labels. */
const voxelExpressions: Readonly<Record<string, (b: Builder, x: Node, labels: Node) => Node>> = {
  softmax: (b, x) => b.softmax(x),
  logSoftmax: (b, x) => b.logSoftmax(b.mul(b.real(8), x)),
  'logSoftmax, saturated': (b, x) => b.logSoftmax(b.mul(b.real(1e4), b.sub(x, b.real(1.25)))),
  'softplus, saturated': (b, x) => b.softplus(b.mul(b.real(1e4), b.sub(x, b.real(1.25)))),
  'sum over voxels': (b, x) => b.sum(x, ['voxel']),
  'sum over channels': (b, x) => b.sum(x, ['channel']),
  'sum over samples and voxels': (b, x) => b.sum(x, ['sample', 'voxel']),
  'sum over everything': (b, x) => b.sum(x, all),
  'largest over channels': (b, x) => b.peak(b.sum(x, ['voxel']), ['channel']),
  'largest over classes': (b, x) => b.peak(b.sum(b.toClass(x, maps[1]), ['voxel']), ['class']),
  'largest over everything': (b, x) => b.peak(x, all),
  // Quarters of 1 to 8: many ties, of which the first channel counts.
  'first largest channel': (b, x) => b.equal(b.argmax(x), b.index(x, 'channel')),
  ...Object.fromEntries(
    [0, 1, 2].flatMap((dimension) =>
      [1, -1, 3, -9].map((by) => [
        `neighbours along ${dimension} by ${by}`,
        (b: Builder, x: Node) => b.shift(x, { dimension, by, fill: 7 }),
      ]),
    ),
  ),
  'neighbours of what has voxels only': (b, x) =>
    b.shift(b.sum(x, ['sample', 'channel']), { dimension: 1, by: 1, fill: -2 }),
  'neighbours of what has no voxels': (b, x) =>
    b.shift(b.sum(x, ['voxel']), { dimension: 1, by: 1, fill: 0 }, x),
  // Quarters of 1 to 8: each value many times, so that the last places are always shared.
  'largest 30 %': (b, x) => b.top(x, 300_000),
  'largest 7.5 % of the voxels': (b, x) => b.top(b.sum(x, ['channel']), 75_000),
  'largest one': (b, x) => b.top(b.sum(x, ['channel']), 1),
  'largest of equal values': (b, x) => b.top(b.sub(x, x), 123_456),
  counts: (b, x) => b.mul(b.count(x, 'voxel'), b.add(b.count(x, 'sample'), b.count(x, 'channel'))),
  index: (b, x, labels) => b.equal(labels, b.index(x, 'channel')),
  vector: (b, x) => b.mul(b.vector([3, 4]), b.toClass(x, maps[1])),
  'labels of a vector': (b, _, labels) => b.equal(labels, b.vector([2, 0], 'integer')),
  ...Object.fromEntries(
    maps.flatMap((map) => {
      const name = JSON.stringify(map);
      return [
        [`toClass ${name}`, (b: Builder, x: Node) => b.toClass(x, map)],
        [
          `toChannel ${name}`,
          (b: Builder, x: Node) => {
            const classes = b.toClass(x, map);
            return b.toChannel(b.exp(classes), map, x, classes);
          },
        ],
      ];
    }),
  ),
};

/** A value of random numbers; some are equal to those of another seed. */
function value(axes: readonly Axis[], seed: number): NamedArray {
  const next = random(seed);
  const shape = axes.map((axis) => sizes[axis]);
  return { axes, ...filled(shape, () => (1 + Math.floor(8 * next())) / 4) };
}

/** Runs a node on both tables and returns how far apart they are. */
function difference(
  node: Node,
  given: Readonly<Record<string, NamedArray>>,
  layout: 'channelsFirst' | 'channelsLast',
): number {
  const [expected] = execute(opTableOf(spatial), [node], (name) => given[name]);
  if (expected === undefined) throw new Error('no value');
  const turned = (x: tf.Tensor): tf.Tensor =>
    layout === 'channelsLast' ? x.transpose([0, 2, 1]) : x;
  const sizeOf = ({ axes, shape }: NamedArray, axis: Axis): number =>
    shape[axes.indexOf(axis)] ?? 1;
  return tf.tidy(() => {
    const leaves = Object.entries(given).map(([name, x]) => {
      const shape = [sizeOf(x, 'sample'), sizeOf(x, 'channel'), sizeOf(x, 'voxel')];
      return [name, turned(tf.tensor(Float32Array.from(x.data), shape, 'float32'))] as const;
    });
    const [found] = run(opsOf(placementOf(layout), spatial), schedule([node]), namedLeaves(leaves));
    if (found === undefined) throw new Error('no value');
    const shape = [
      sizeOf(expected, 'sample'),
      sizeOf(expected, 'channel') * sizeOf(expected, 'class'),
      sizeOf(expected, 'voxel'),
    ];
    expect(turned(found).shape).toEqual(shape);
    return disagreement(turned(found).dataSync(), expected.data);
  });
}

for (const backend of backends) {
  for (const layout of ['channelsLast', 'channelsFirst'] as const) {
    describe(`${backend}, ${layout}: an op means what core says`, () => {
      beforeAll(() => useBackend(backend));

      it.each(Object.entries(expressions))('%s, over all pairs of axes', (_, expression) => {
        for (const left of axisSets) {
          for (const right of axisSets) {
            const b = builder();
            const node = expression(b, b.input('x', left), b.input('y', right));
            const given = { x: value(left, 1), y: value(right, 2) };
            expect(difference(node, given, layout), `[${left}] [${right}]`).toBeLessThan(2e-6);
          }
        }
      });

      it('pow takes a tiny negative number, as rounding leaves, for 0', () => {
        const b = builder();
        const node = b.pow(b.input('x', []), 0.75);
        const [x] = run(opsOf(placementOf(layout), []), schedule([node]), ({ op }) =>
          op === 'input' ? tf.tensor3d([-1e-9], [1, 1, 1]) : undefined,
        );
        expect(x?.dataSync()[0]).toBe(0);
        x?.dispose();
      });

      it.each(Object.entries(voxelExpressions))('%s', (_, expression) => {
        const b = builder();
        const labels = b.input('labels', ['sample', 'voxel'], 'integer');
        const node = expression(b, b.input('x', all), labels);
        const next = random(3);
        const drawn = filled([2, 192], () => Math.floor(5 * next()) - 1);
        const given = { x: value(all, 1), labels: { axes: labels.axes, ...drawn } };
        expect(difference(node, given, layout)).toBeLessThan(2e-6);
      });
    });
  }
}
