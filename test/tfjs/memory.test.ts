import { dice, evaluate, lossFunction, valueAndGradient } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backends, useBackend } from './backend.js';

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

/** The most bytes that the tensors made by f hold at once; tensors that share data count once. */
function peakBytes(f: () => void): number {
  const backend = tf.backend();
  const sizes = new Map<object, number>();
  let [current, peak] = [0, 0];
  const [move, disposeData] = [backend.move.bind(backend), backend.disposeData.bind(backend)];
  backend.move = (dataId, values, shape, dtype, count) => {
    move(dataId, values, shape, dtype, count);
    const bytes = tf.util.sizeFromShape(shape) * tf.util.bytesPerElement(dtype);
    sizes.set(dataId, bytes);
    current += bytes;
    peak = Math.max(peak, current);
  };
  backend.disposeData = (dataId, force) => {
    const gone = disposeData(dataId, force);
    if (gone) current -= sizes.get(dataId) ?? 0;
    return gone;
  };
  try {
    tf.tidy(f);
  } finally {
    Object.assign(backend, { move, disposeData });
  }
  return peak;
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
    // tfjs copies what is saved: the prediction, and the labels, a quarter of its size.
    expect(taped / bytes).toBeLessThan(2.4);
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
    expect(taped / bytes).toBeLessThan(4);
    tf.dispose([prediction, target]);
  });
});
