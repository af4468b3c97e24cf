import {
  compile,
  compileLevels,
  deepSupervision,
  dice,
  jaccard,
  jsonSchema,
  levelInputs,
  levelsPlanOf,
  levelsSchema,
  levelWeights,
  nearestIndices,
  parseLevels,
  printProgram,
} from '@softdice/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemsOf } from './problems.js';

describe('the nearest positions', () => {
  it('are those whose centres are nearest, of two the later', () => {
    const size = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(size, size, (from, to) => {
        const indices = nearestIndices(from, to);
        expect(indices.length).toBe(to);
        indices.forEach((index, at) => {
          // In units of 1 / (2 from to), so that all is whole.
          const centre = (2 * at + 1) * from;
          const distance = (position: number): number => Math.abs((2 * position + 1) * to - centre);
          const all = Array.from({ length: from }, (_, position) => distance(position));
          const least = Math.min(...all);
          expect(index).toBe(all.lastIndexOf(least));
        });
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('keep every position at the same size, and one of two at half of it', () => {
    expect(nearestIndices(4, 4)).toEqual([0, 1, 2, 3]);
    expect(nearestIndices(6, 3)).toEqual([1, 3, 5]);
    expect(nearestIndices(5, 3)).toEqual([0, 2, 4]);
    expect(nearestIndices(2, 4)).toEqual([0, 0, 1, 1]);
  });
});

describe('weights of levels', () => {
  it('are as MONAI and nnU-Net have them', () => {
    expect(levelWeights.exp(6)).toEqual([1, 0.5, 0.25, 0.125, 0.0625, 0.0625]);
    expect(levelWeights.same(3)).toEqual([1, 1, 1]);
    expect(levelWeights.two(3)).toEqual([1, 0.5, 0.5]);
    expect(levelWeights.nnunet(1)).toEqual([1]);
    expect(levelWeights.nnunet(4)).toEqual([4 / 7, 2 / 7, 1 / 7, 0]);
  });
});

describe('deep supervision', () => {
  const spec = deepSupervision(dice({ target: 'labels', activation: 'softmax' }), [1, 0.5]);

  it('is a complete and frozen document, itself a spec', () => {
    const parsed = parseLevels(spec);
    expect(parseLevels(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
    expect(parsed.targets).toBe('nearest');
    expect(Object.isFrozen(parsed.levels[1]?.loss.terms)).toBe(true);
    expect(levelsPlanOf(levelsPlanOf(spec))).toEqual(levelsPlanOf(spec));
  });

  it('has a JSON Schema that accepts it', () => {
    const accepts = new Ajv2020({ strict: true }).compile(jsonSchema(levelsSchema));
    expect(accepts(spec), JSON.stringify(accepts.errors)).toBe(true);
    expect(accepts(JSON.parse(JSON.stringify(parseLevels(spec))))).toBe(true);
    expect(accepts({ ...spec, targets: 'linear' })).toBe(false);
    expect(accepts({ levels: [{ weight: -1, loss: dice() }] })).toBe(false);
  });

  it('is a list of ordinary programs', () => {
    const [, coarse] = compileLevels(spec);
    expect(coarse?.weight).toBe(0.5);
    const single = compile(dice({ target: 'labels', activation: 'softmax' }));
    expect(coarse && printProgram(coarse.program)).toBe(printProgram(single));
  });

  it('reports all violations of all levels at once', () => {
    const broken = {
      targets: 'nearest',
      levels: [
        { loss: dice({ classes: { kind: 'list', channels: [1, 1] } }) },
        { loss: dice({ target: 'soft', reduction: 'none' }), weight: 1 },
      ],
    };
    const problems = problemsOf(() => parseLevels(broken));
    expect(problems.map(({ constraint, path }) => [constraint, path])).toEqual([
      ['C2', 'levels[0].loss.terms[0].classes.channels'],
      ['C53', 'levels[1].loss.terms[0].reduction'],
      ['C54', 'levels[1].loss.target'],
    ]);
    const malformed = { levels: [{ weight: -1, loss: { terms: [{ kind: 'argmax' }] } }, {}] };
    expect(problemsOf(() => parseLevels(malformed)).map(({ path }) => path)).toEqual([
      'levels[0].weight',
      'levels[0].loss.terms[0]',
      'levels[1].loss',
    ]);
    expect(() => parseLevels({ levels: [{ loss: { ...dice(), decide: 'argmax' } }] })).toThrow(
      /a loss cannot decide/,
    );
  });
});

describe('inputs of levels', () => {
  const shapes = {
    shapeOf: (shape: readonly number[]): readonly number[] => shape,
    resized: (shape: readonly number[], spatial: readonly number[]): readonly number[] => [
      ...shape.slice(0, -spatial.length),
      ...spatial,
    ],
  };
  const plan = levelsPlanOf(
    deepSupervision(dice({ target: 'labels', voxels: 'mask' }), levelWeights.two(2)),
  );
  const predictions = [
    [1, 3, 8, 6],
    [1, 3, 4, 3],
  ];

  it('share a target and a mask at the size of each', () => {
    const inputs = { predictions, targets: [[1, 8, 6]], masks: [[1, 1, 16, 12]] };
    expect(levelInputs(plan, inputs, shapes)).toEqual([
      { prediction: [1, 3, 8, 6], target: [1, 8, 6], mask: [1, 1, 8, 6] },
      { prediction: [1, 3, 4, 3], target: [1, 4, 3], mask: [1, 1, 4, 3] },
    ]);
  });

  it('are refused with every violation, before anything is resized', () => {
    const never = {
      ...shapes,
      resized: (): never => {
        throw new Error('resized');
      },
    };
    const misfit = {
      predictions: [
        [1, 3, 8, 6],
        [2, 3, 4, 3],
      ],
      targets: [[1, 8, 6]],
    };
    const problems = problemsOf(() => levelInputs(plan, misfit, never));
    expect(problems.map(({ path }) => path)).toEqual([
      'levels[0].mask',
      'levels[1].target',
      'levels[1].mask',
    ]);
    const counts = { predictions: [[1, 3, 8, 6]], targets: [], masks: [] };
    expect(problemsOf(() => levelInputs(plan, counts, never)).map(({ path }) => path)).toEqual([
      'predictions',
      'targets',
      'masks',
    ]);
  });

  it('are one target per level where they are given', () => {
    const given = levelsPlanOf({
      targets: 'given',
      levels: [{ loss: dice({ target: 'labels' }) }, { loss: jaccard({ voxels: 'mask' }) }],
    });
    const targets = [
      [1, 8, 6],
      [1, 3, 4, 3],
    ];
    const masks = [undefined, [1, 4, 3]];
    expect(levelInputs(given, { predictions, targets, masks }, shapes)).toEqual([
      { prediction: predictions[0], target: targets[0], mask: undefined },
      { prediction: predictions[1], target: targets[1], mask: masks[1] },
    ]);
  });
});
