import { dice, evaluate, lossFunction, valueAndGradient } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { presetKernels } from '../wasm/preset-kernels.js';
import { backends, useBackend } from './backend.js';
import { peakBytes } from './peak-bytes.js';

const spec = dice({ target: 'labels', activation: 'softmax', classes: 'foreground' });

for (const backend of backends) {
  describe(`memory on ${backend}`, () => {
    beforeAll(() => useBackend(backend));
    let prediction: tf.Tensor;
    let target: tf.Tensor;
    beforeEach(() => {
      prediction = tf.randomNormal([2, 32, 32, 4], 0, 1, 'float32', 1);
      target = tf.randomUniform([2, 32, 32], 0, 4, 'int32', 2);
    });

    afterEach(() => {
      tf.dispose([prediction, target]);
    });

    const made = (f: () => void): number => {
      const before = tf.memory().numTensors;
      f();
      return tf.memory().numTensors - before;
    };

    it('gives what was asked for and leaves nothing else', () => {
      const loss = lossFunction(spec);
      const step = valueAndGradient(spec);
      const whole = evaluate(spec);
      expect(made(() => loss(target, prediction))).toBe(1);
      expect(made(() => step({ prediction, target }))).toBe(2);
      // Loss, gradient, scores and loss of the term, three sums.
      expect(made(() => whole({ prediction, target }))).toBe(7);
      expect(made(() => tf.grad((x: tf.Tensor) => loss(target, x))(prediction))).toBe(1);
      expect(made(() => tf.valueAndGrad((x: tf.Tensor) => loss(target, x))(prediction))).toBe(2);
    });

    it('leaves nothing after an error', () => {
      const loss = lossFunction(spec);
      const wrong = tf.zeros([2, 31, 32], 'int32');
      const failing = [
        () => loss(wrong, prediction),
        () => tf.grad((x: tf.Tensor) => loss(wrong, x))(prediction),
        () => valueAndGradient(spec)({ prediction, target: wrong }),
        () => evaluate(spec)({ prediction, target, mask: target }),
      ];
      for (const fails of failing) {
        expect(made(() => expect(fails).toThrow(/^\[softdice\] Invalid/))).toBe(0);
      }
      wrong.dispose();
    });
  });
}

describe('peak memory on wasm', () => {
  beforeAll(() => useBackend('wasm'));

  const shapes = { channelsLast: [2, 64, 64, 4], channelsFirst: [2, 4, 64, 64] } as const;
  const layouts = ['channelsLast', 'channelsFirst'] as const;

  it.each(layouts)('of kernels is the gradient and a tenth of it, %s', (layout) => {
    const prediction = tf.randomNormal([...shapes[layout]], 0, 1, 'float32', 1);
    const target = tf.randomUniform([2, 64, 64], 0, 4, 'int32', 2);
    const bytes = prediction.size * 4;
    const step = valueAndGradient(spec, { layout, kernels: 'fused' });
    const loss = lossFunction(spec, { layout, kernels: 'fused' });
    const direct = peakBytes(() => step({ prediction, target }));
    const taped = peakBytes(() => tf.grad((x: tf.Tensor) => loss(target, x))(prediction));
    expect(direct / bytes).toBeGreaterThan(1);
    expect(direct / bytes).toBeLessThan(1.1);
    expect(taped / bytes).toBeLessThan(1.1);
    tf.dispose([prediction, target]);
  });

  it.each(layouts)('of ops is less than four times the prediction, %s', (layout) => {
    const shape = shapes[layout];
    const prediction = tf.randomNormal([...shape], 0, 1, 'float32', 1);
    const target = tf.randomUniform([2, 64, 64], 0, 4, 'int32', 2);
    const bytes = prediction.size * 4;
    const step = valueAndGradient(spec, { layout, kernels: 'ops' });
    const loss = lossFunction(spec, { layout, kernels: 'ops' });
    const direct = peakBytes(() => step({ prediction, target }));
    const taped = peakBytes(() => tf.grad((x: tf.Tensor) => loss(target, x))(prediction));
    // Probabilities, and two of the size of the prediction on the way; labels and sums beside them.
    expect(direct / bytes).toBeGreaterThan(1);
    expect(direct / bytes).toBeLessThan(3.5);
    // What the tape keeps is what lies there anyway.
    expect(taped / bytes).toBeLessThan(direct / bytes + 0.01);
    tf.dispose([prediction, target]);
  });

  it('on the tape is the gradient and a tenth of the prediction, for every preset with kernels', () => {
    const shape = [2, 192, 192, 2];
    const around: [number, number][] = shape.map((size, axis) => [0, axis < 3 ? size - 1 : 0]);
    const prediction = tf.randomNormal(shape, 0, 1, 'float32', 1);
    const bytes = prediction.size * 4;
    const target = tf.randomUniform(shape.slice(0, -1), 0, 2, 'int32', 2);
    const weights = tf.variable(tf.ones([1, 1, 1, 2]));
    const optimizer = tf.train.sgd(0.1);
    const found = presetKernels(true).map(({ slug, spec }) => {
      const loss = lossFunction(spec, { kernels: 'fused' });
      // A prediction that is made where it is differentiated, by an op that saves none of it.
      const made = (): tf.Scalar => loss(target, tf.pad(weights, around)) as tf.Scalar;
      const extra = {
        grads: peakBytes(() => tf.grads((x: tf.Tensor) => loss(target, x))([prediction])) - bytes,
        variableGrads: peakBytes(() => tf.variableGrads(made, [weights])) - 2 * bytes,
        minimize: peakBytes(() => optimizer.minimize(made, false, [weights])) - 2 * bytes,
      };
      return { slug, worst: Math.max(...Object.values(extra)) / bytes };
    });
    expect(found.filter(({ worst }) => !(worst < 0.1))).toEqual([]);
    tf.dispose([prediction, target, weights]);
    optimizer.dispose();
  });
});
