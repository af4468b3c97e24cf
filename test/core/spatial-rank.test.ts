import {
  clDice,
  combine,
  compile,
  dice,
  diceClDice,
  explain,
  filled,
  finish,
  inOrder,
  merge,
  printProgram,
  sweeps,
} from '@softdice/core';
import { exportLoss } from '@softdice/onnx';
import { evaluate } from '@softdice/reference';
import { lossFunction, valueAndGradient } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { messagesOf } from './problems.js';

const refused =
  /^\[softdice\] Invalid spatialRank: expected 2 or 3 for a loss that looks at neighbouring voxels but received (.+); give the number/;

describe('a loss that looks at neighbours', () => {
  it.each([undefined, 0, 1, 4, 2.5])('is not compiled for %s spatial axes', (spatialRank) => {
    const options = spatialRank === undefined ? {} : { spatialRank };
    const [message = ''] = messagesOf(() => compile(diceClDice(), options));
    expect(refused.exec(message)?.[1]).toBe(String(spatialRank ?? 'nothing'));
  });

  it('is compiled for 2 and 3, with other neighbours', () => {
    const dimensions = [2, 3].map((spatialRank) => {
      const nodes = inOrder([compile(clDice(), { spatialRank }).whole.gradient]);
      const seen = nodes.flatMap((node) => (node.op === 'shift' ? [node.dimension] : []));
      return [...new Set(seen)].toSorted();
    });
    expect(dimensions).toEqual([
      [0, 1],
      [0, 1, 2],
    ]);
  });

  it('needs as many axes in the inputs of the reference', () => {
    const tensor = { shape: [1, 1, 4], data: [1, 0, 0, 1] };
    const inputs = { prediction: tensor, target: tensor };
    expect(messagesOf(() => evaluate(clDice(), inputs))).toEqual([
      '[softdice] Invalid prediction: expected 2 or 3 spatial axes for a loss that looks at neighbouring voxels but received [1,1,4]',
    ]);
  });

  it('needs them in tfjs before any tensor is read, and takes tensors of both ranks', () => {
    const loss = lossFunction(clDice());
    const row = tf.ones([1, 4, 1]);
    expect(messagesOf(() => loss(row, row))).toHaveLength(1);
    const step = valueAndGradient(clDice());
    for (const shape of [
      [1, 3, 3, 1],
      [1, 3, 3, 3, 1],
      [1, 3, 3, 1],
    ]) {
      const ones = tf.ones(shape);
      const { value, gradient } = step({ prediction: ones, target: ones });
      expect([value.dataSync()[0], gradient.shape]).toEqual([0, shape]);
      tf.dispose([ones, value, gradient]);
    }
    row.dispose();
  });

  it('needs them in ONNX', () => {
    const [message = ''] = messagesOf(() => exportLoss(clDice(), { spatialRank: 1 }));
    expect(message).toMatch(refused);
    expect(exportLoss(clDice(), { spatialRank: 3 }).length).toBeGreaterThan(0);
  });

  it('is explained without it', () => {
    expect(explain(clDice()).formula.text).toContain('skeleton(p, 3)');
  });
});

it('other losses are the same for every number of spatial axes', () => {
  const [without, ...ranks] = [undefined, 0, 1, 2, 3, 7].map((spatialRank) =>
    printProgram(compile(dice(), spatialRank === undefined ? {} : { spatialRank })),
  );
  expect(ranks.every((program) => program === without)).toBe(true);
});

describe('what clDice is additive over', () => {
  const names = ['Spt', 'Sp', 'Stp', 'St'].map((symbol) => `centerline-dice.${symbol}`);
  const part = (value: number) =>
    Object.fromEntries(
      names.map((name) => [name, filled(['sample', 'class'], [1, 1], () => value)]),
    );

  it('is samples, also beside terms that are additive over voxels', () => {
    const both = combine([
      [1, dice()],
      [1, clDice()],
    ]);
    expect(compile(both, { spatialRank: 2 }).additive).toBe('samples');
    expect(messagesOf(() => merge([part(1)], 'tiles', clDice()))).toHaveLength(1);
    const merged = merge([part(1), part(2)], 'batches', clDice());
    expect(finish(clDice(), merged).scores.shape).toEqual([2, 1]);
  });
});

it('clDice needs a pass for each erosion and each dimension of a dilation', () => {
  const rows = [2, 3].flatMap((spatialRank) =>
    [0, 1, 3].map((iterations) => {
      const { whole } = compile(clDice({ activation: 'sigmoid', iterations }), { spatialRank });
      const passes = `${sweeps(whole.loss)}, ${sweeps(whole.gradient)}`;
      return `${spatialRank} axes, ${iterations} iterations: ${passes}`;
    }),
  );
  expect(rows.join('\n')).toMatchInlineSnapshot(`
    "2 axes, 0 iterations: 4, 8
    2 axes, 1 iterations: 5, 10
    2 axes, 3 iterations: 7, 14
    3 axes, 0 iterations: 5, 10
    3 axes, 1 iterations: 6, 12
    3 axes, 3 iterations: 8, 16"
  `);
});
