import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Brain } from '../../docs/examples/brain/brain.js';
import { loadBrain } from '../../docs/examples/brain/volume.js';
import { curvesSvg } from '../../docs/examples/train-brain/curves.js';
import { spreadOf } from '../../docs/examples/train-brain/outcome.js';
import { batchesOf, randomOf, shuffled } from '../../docs/examples/train-brain/random.js';
import { halvesOf, type Slices } from '../../docs/examples/train-brain/slices.js';
import { diceTable, rareTable } from '../../docs/examples/train-brain/tables.js';

describe('the order of the slices', () => {
  it('is the same for a seed, and another for another', () => {
    expect(batchesOf(52, 4, 30, 3)).toEqual(batchesOf(52, 4, 30, 3));
    expect(batchesOf(52, 4, 30, 3)).not.toEqual(batchesOf(52, 4, 30, 4));
  });

  it('has every slice once before any comes again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(), (rounds, seed) => {
        const seen = batchesOf(12, 4, 3 * rounds, seed).flat();
        for (let round = 0; round < rounds; round += 1) {
          const own = seen.slice(12 * round, 12 * round + 12).toSorted((a, b) => a - b);
          expect(own).toEqual(Array.from({ length: 12 }, (_, at) => at));
        }
      }),
    );
  });

  it('puts every slice everywhere equally often', () => {
    const random = randomOf(1);
    const first = Array.from({ length: 6000 }, () => shuffled(6, random)[0]);
    for (let slice = 0; slice < 6; slice += 1) {
      // 1000 expected, standard deviation 29.
      expect(Math.abs(first.filter((each) => each === slice).length - 1000)).toBeLessThan(150);
    }
  });
});

describe('the halves', () => {
  let brain: Brain;
  beforeAll(async () => {
    brain = await loadBrain();
  });

  it('share no voxel and no neighbours', () => {
    // Every voxel is marked by its column.
    const columns = brain.t1.map((_, at) => at % brain.size[2]);
    const { training, heldOut } = halvesOf({ ...brain, t1: columns });
    expect(Math.max(...training.t1) + 3).toBeLessThan(Math.min(...heldOut.t1));
  });

  it('have all classes, the small one in few slices', () => {
    const size = (half: Slices): number => half.height * half.width;
    for (const half of Object.values(halvesOf(brain))) {
      const counts = [0, 1, 2, 3, 4, 5].map(
        (label) => half.labels.filter((each) => each === label).length,
      );
      expect(Math.min(...counts)).toBe(counts[4]);
      expect(counts[4]).toBeGreaterThan(1000);
      const having = Array.from({ length: half.count }, (_, at) =>
        half.labels.subarray(at * size(half), (at + 1) * size(half)).includes(4),
      );
      expect(having.filter((has) => has).length).toBeLessThan(half.count / 2);
    }
  });

  it('are seen as intensity and position between -1 and 1', () => {
    const { images, t1 } = halvesOf(brain).training;
    expect(images[0]).toBe(Math.fround((t1[0] ?? 0) / 100 - 0.5));
    expect(images.every((value) => value > -1 && value < 1)).toBe(true);
  });
});

describe('the tables', () => {
  const slices: Slices = {
    count: 3,
    height: 1,
    width: 2,
    t1: new Uint8Array(6),
    images: new Float32Array(24),
    labels: Int32Array.of(1, 1, 0, 0, 0, 1),
  };
  const outcome = (seed: number, dice: readonly number[], labels: readonly number[]) => ({
    seed,
    checks: [{ step: 9, loss: 1, dice, labels: Uint8Array.from(labels) }],
  });
  const all = [
    {
      name: 'a',
      outcomes: [
        outcome(1, [0.5, 0.1], [1, 0, 1, 0, 0, 0]),
        outcome(2, [0.7, 0.1], [0, 0, 0, 0, 0, 0]),
      ],
    },
  ];

  it('say mean and standard deviation of each class', () => {
    expect(spreadOf([1, 3])).toEqual({ mean: 2, deviation: Math.sqrt(2) });
    expect(spreadOf([3])).toEqual({ mean: 3, deviation: 0 });
    expect(diceTable(all, ['out', 'x', 'y'])).toBe(
      [
        '| loss |        mean |           x |           y |',
        '| ---- | ----------: | ----------: | ----------: |',
        '| a    | 0.35 ± 0.07 | 0.60 ± 0.14 | 0.10 ± 0.00 |',
      ].join('\n'),
    );
  });

  it('count voxels and slices of the small class', () => {
    const [, , row] = rareTable(all, slices, 1).split('\n');
    expect(rareTable(all, slices, 1)).toContain('voxels (true: 3) | false slices (of 1) |');
    expect(row?.split('|').map((cell) => cell.trim())).toEqual([
      '',
      'a',
      '0.60 ± 0.14',
      '1 of 2',
      '1 ± 1',
      '0.5 ± 0.7',
      '',
    ]);
  });
});

it('curves are drawn to scale', () => {
  const points = [
    { step: 1, mean: 0, deviation: 0 },
    { step: 2, mean: 1, deviation: 0.5 },
  ];
  const svg = curvesSvg([{ title: 't', curves: [{ name: 'n', points }] }], 'Dice');
  expect(svg).toContain('<polyline points="228.0,274.0 408.0,34.0"');
  expect(svg).toContain('>n</text>');
});
