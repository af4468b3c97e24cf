import { InputError, planOf } from '@softdice/core';
import * as whole from '@softdice/tfjs';
import * as small from '@softdice/tfjs/plan';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from './backend.js';

const spec = whole.dice({ target: 'labels', activation: 'softmax', classes: 'foreground' });
const numbers = (tensor: tf.Tensor): readonly number[] => Array.from(tensor.dataSync());

describe('a loss from a plan', () => {
  beforeAll(() => useBackend('cpu'));

  it.each(['channelsLast', 'channelsFirst'] as const)(
    'is the loss of its spec by ops, %s',
    (layout) => {
      const plan = JSON.parse(JSON.stringify(planOf(spec)));
      const shape = layout === 'channelsLast' ? [2, 5, 6, 3] : [2, 3, 5, 6];
      const prediction = tf.randomNormal(shape, 0, 1, 'float32', 1);
      const target = tf.randomUniform([2, 5, 6], 0, 3, 'int32', 2);
      const options = { layout, kernels: 'ops' } as const;
      const wanted = whole.valueAndGradient(spec, options)({ prediction, target });
      const found = small.valueAndGradient(plan, layout)({ prediction, target });
      expect(numbers(found.value)).toEqual(numbers(wanted.value));
      expect(numbers(found.gradient)).toEqual(numbers(wanted.gradient));
      const loss = small.lossFunction(plan, layout);
      const taped = tf.valueAndGrad((x: tf.Tensor) => loss(target, x))(prediction);
      expect(numbers(taped.value)).toEqual(numbers(wanted.value));
      expect(numbers(taped.grad)).toEqual(numbers(wanted.gradient));
    },
  );

  it('is compiled for each number of spatial axes where neighbours count', () => {
    const neighbours = whole.diceClDice({ activation: 'softmax', classes: 'foreground' });
    const step = small.valueAndGradient(planOf(neighbours));
    for (const spatial of [
      [6, 6],
      [4, 4, 4],
      [5, 5],
    ]) {
      const labels = tf.randomUniform([1, ...spatial], 0, 2, 'int32', 3);
      const target = tf.oneHot(labels, 2).toFloat();
      const prediction = tf.randomNormal([1, ...spatial, 2], 0, 1, 'float32', 4);
      const wanted = whole.valueAndGradient(neighbours, { kernels: 'ops' })({ prediction, target });
      const found = step({ prediction, target });
      expect(numbers(found.gradient)).toEqual(numbers(wanted.gradient));
    }
  });

  it('refuses a spec, which is no plan', () => {
    expect(() => small.lossFunction(spec as never)).toThrow(InputError);
    expect(() => small.lossFunction(spec as never)).toThrow(/Invalid plan: .*make it with planOf/);
    const later = { ...planOf(spec), format: 2 } as never;
    expect(() => small.valueAndGradient(later)).toThrow(/received format 2/);
  });

  it('checks its tensors', () => {
    const loss = small.lossFunction(planOf(spec));
    expect(() => loss(tf.zeros([2, 5]), tf.zeros([2, 5, 6, 3]))).toThrow(/Invalid target/);
  });
});
