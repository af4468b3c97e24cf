import { dice, evaluateMetric, meter, metricOf, metrics, pathOf } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { backends, useBackend } from './backend.js';

const spec = dice({ target: 'labels', activation: 'softmax' });
const metric = metricOf(spec);
const planes = metricOf(dice({ target: 'one-hot', activation: 'softmax', voxels: 'mask' }));
const maps = metricOf({ target: 'labels', decide: { kind: 'labels', channels: 2 } });

/** Logits, labels and what can be made of them, of sizes that no vector divides. */
function drawn(classes: number): { prediction: tf.Tensor; target: tf.Tensor; mask: tf.Tensor } {
  return {
    prediction: tf.randomNormal([2, 9, 11, classes], 0, 1, 'float32', 1),
    target: tf.randomUniform([2, 9, 11], 0, classes, 'int32', 2),
    mask: tf.greater(tf.randomUniform([2, 9, 11], 0, 1, 'float32', 3), 0.3),
  };
}

/** Counts by kernels and by ops, which are whole numbers. */
function expectSame(
  of: typeof metric,
  inputs: Parameters<ReturnType<typeof evaluateMetric>>[0],
): void {
  const [fused, ops] = (['fused', 'ops'] as const).map((kernels) =>
    ['I', 'P', 'T'].map((name) => [
      ...(evaluateMetric(of, { kernels })(inputs).statistics[name]?.dataSync() ?? []),
    ]),
  );
  expect(fused?.flat().some((count) => count > 0)).toBe(true);
  expect(fused).toEqual(ops);
}

for (const backend of backends) {
  describe(`kernels of hard scores on ${backend}`, () => {
    beforeAll(() => useBackend(backend));
    afterEach(() => {
      vi.unstubAllGlobals();
    });

    it('are the path that is told', () => {
      const tensors = backend === 'wasm' ? 'in place' : 'copied';
      expect(pathOf(metric)).toEqual({ kernels: 'fused', tensors });
      const reason = "the option kernels is 'ops'";
      expect(pathOf(metric, { kernels: 'ops' })).toEqual({ kernels: 'ops', reason });
      expect(() => pathOf(metric, { check: true })).toThrowError(/options.check/);
      expect(() => metrics(spec, { kernels: 'gpu' as 'ops' })).toThrowError(/options.kernels/);
    });

    it('take numbers of every type', () => {
      tf.tidy(() => {
        const { prediction, target, mask } = drawn(3);
        const oneHot = tf.oneHot(tf.cast(target, 'int32'), 3);
        const labels = tf.minimum(target, tf.scalar(1, 'int32'));
        for (const type of ['int32', 'float32'] as const) {
          expectSame(metric, { prediction, target: tf.cast(target, type) });
        }
        for (const type of ['int32', 'float32', 'bool'] as const) {
          expectSame(planes, { prediction, target: tf.cast(oneHot, type), mask });
          expectSame(maps, { prediction: tf.cast(labels, type), target: labels });
        }
      });
    });

    it.each(['fused', 'ops'] as const)(
      'are read by meters and in logs, kernels %s',
      async (kernels) => {
        const { prediction, target, mask } = drawn(2);
        const names = ['ground', 'liver'];
        const epoch = meter(spec, { names, kernels });
        const before = tf.memory().numTensors;
        const update = epoch.update({ prediction, target });
        expect(() => epoch.result()).toThrowError(/finished updates/);
        await update;
        const logged = Object.fromEntries(
          metrics(spec, { names, kernels }).map((one) => {
            const value = tf.tidy(() => one(target, prediction).dataSync()[0]);
            return [one.name, value ?? Number.NaN];
          }),
        );
        expect(tf.memory().numTensors).toBe(before);
        for (const [name, value] of Object.entries(epoch.result())) {
          expect(logged[name]).toBeCloseTo(value, 6);
        }
        const { I, T } = epoch.statistics();
        expect(I?.data.every((count, at) => count > 0 && count < (T?.data[at] ?? 0))).toBe(true);
        expect(T?.data.reduce((sum, count) => sum + count, 0)).toBe(2 * 9 * 11);
        tf.dispose([prediction, target, mask]);
      },
    );

    it('give way where there is no WebAssembly', () => {
      vi.stubGlobal('WebAssembly', undefined);
      const reason = 'there is no WebAssembly';
      expect(pathOf(metric)).toEqual({ kernels: 'ops', reason });
      const inputs = drawn(2);
      const { prediction, target } = inputs;
      expect(() => evaluateMetric(metric, { kernels: 'fused' })(inputs)).toThrow(/Invalid mask/);
      const read = { prediction, target };
      expect(() => evaluateMetric(metric, { kernels: 'fused' })(read)).toThrow(reason);
      expect(() => meter(metric, { kernels: 'fused' }).update(read)).toThrow(reason);
      tf.dispose([inputs, evaluateMetric(metric)(read)] as unknown as tf.TensorContainer);
    });
  });
}
