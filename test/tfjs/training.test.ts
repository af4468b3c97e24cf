import { dice, lossFunction, valueAndGradient } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from './backend.js';

/** Two squares on noise, with their label map. */
function images(count: number, size: number) {
  return tf.tidy(() => {
    const rows = tf.range(0, size).reshape([1, size, 1]);
    const columns = tf.range(0, size).reshape([1, 1, size]);
    const inside = (from: number, to: number) =>
      [rows, columns].reduce<tf.Tensor>(
        (all, axis) => all.mul(axis.greaterEqual(from).mul(axis.less(to))),
        tf.ones([count, size, size]),
      );
    const labels = inside(1, 4).add(inside(5, 8).mul(2)).toInt();
    const noise = tf.randomNormal([count, size, size], 0, 0.3, 'float32', 11);
    return { image: labels.toFloat().add(noise).expandDims(-1), labels };
  });
}

const logits = { activation: 'softmax' } as const;

describe('training', () => {
  it('model.fit with a convolution lowers the loss (cpu)', async () => {
    await useBackend('cpu');
    const { image, labels } = images(4, 8);
    const oneHot = tf.tidy(() => tf.oneHot(labels, 3).toFloat());
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({
          filters: 8,
          kernelSize: 3,
          padding: 'same',
          activation: 'relu',
          inputShape: [8, 8, 1],
          kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
        }),
        tf.layers.conv2d({
          filters: 3,
          kernelSize: 1,
          kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }),
        }),
      ],
    });
    model.compile({ optimizer: tf.train.adam(0.05), loss: lossFunction(dice(logits)) });
    await model.fit(image, oneHot, { epochs: 1, batchSize: 4 });
    const tensors = tf.memory().numTensors;
    const { history } = await model.fit(image, oneHot, { epochs: 40, batchSize: 4 });
    const losses = (history['loss'] ?? []).map(Number);
    expect(losses.at(-1)).toBeLessThan(0.6 * (losses[0] ?? 0));
    expect(tf.memory().numTensors).toBe(tensors);
    tf.dispose([image, labels, oneHot]);
    model.dispose();
  });

  it('optimizer.minimize with labels lowers the loss (wasm)', async () => {
    await useBackend('wasm');
    const { image, labels } = images(4, 8);
    const loss = lossFunction(dice({ ...logits, target: 'labels', classes: 'foreground' }));
    const weights = tf.variable(tf.randomNormal([1, 3], 0, 1, 'float32', 5));
    const bias = tf.variable(tf.zeros([3]));
    const optimizer = tf.train.adam(0.1);
    const step = (): number => {
      const value = optimizer.minimize(
        () =>
          tf.tidy(() => {
            const flat = image.reshape([-1, 1]).matMul(weights).add(bias);
            // Made inside, so disposed before the backward pass unless the loss saves it.
            return loss(labels.add(0), flat.reshape([4, 8, 8, 3])).asScalar();
          }),
        true,
        [weights, bias],
      );
      const number = value?.dataSync()[0] ?? Number.NaN;
      value?.dispose();
      return number;
    };
    const first = step();
    const tensors = tf.memory().numTensors;
    let last = first;
    for (let at = 0; at < 60; at += 1) last = step();
    expect(last).toBeLessThan(0.6 * first);
    expect(tf.memory().numTensors).toBe(tensors);
    tf.dispose([image, labels, weights, bias]);
    optimizer.dispose();
  });
});

describe('lossFunction on the tape', () => {
  beforeAll(() => useBackend('wasm'));

  it('scales by the outer gradient, per sample where the loss is a grid', () => {
    const spec = dice({ reduction: 'none' });
    const x = tf.randomUniform([2, 5, 3], 0, 1, 'float32', 3);
    const target = tf
      .oneHot(
        tf.tensor2d(
          [
            [0, 1, 2, 1, 0],
            [2, 2, 1, 0, 1],
          ],
          [2, 5],
          'int32',
        ),
        3,
      )
      .toFloat();
    const cotangent = tf.tensor2d([
      [1, -2, 3],
      [0, 5, 0.5],
    ]);
    const loss = lossFunction(spec);
    const found = tf.grad((p: tf.Tensor) => loss(target, p))(x, cotangent);
    const wanted = valueAndGradient(spec)({ prediction: x, target, cotangent });
    expect(Array.from(found.dataSync())).toEqual(Array.from(wanted.gradient.dataSync()));
    expect(Math.max(...found.abs().dataSync())).toBeGreaterThan(0.01);
  });

  it('passes the gradient on through what made the prediction', () => {
    const loss = lossFunction(dice({ activation: 'sigmoid', target: 'binary' }));
    const target = tf.tensor2d([[1, 0, 1, 1]]);
    const x = tf.tensor3d([0.3, -0.2, 0.1, 0.9], [1, 4, 1]);
    const outer = tf.grad((y: tf.Tensor) => loss(target, y.mul(2)))(x);
    const inner = tf.grad((y: tf.Tensor) => loss(target, y))(x.mul(2));
    const ratio = outer.div(inner).dataSync();
    for (const factor of ratio) expect(factor).toBeCloseTo(2, 5);
  });
});
