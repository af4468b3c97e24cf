import { dice, evaluate, lossFunction, pathOf, tversky, valueAndGradient } from '@softdice/tfjs';
import { shaders } from '@softdice/tfjs/webgpu';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { backends, useBackend } from './backend.js';

type Layout = 'channelsFirst' | 'channelsLast';

const labels = dice({ target: 'labels', activation: 'softmax' });
const planes = tversky({ target: 'one-hot', activation: 'softmax', voxels: 'mask' });

/** How far kernels and ops are apart, relative to the largest number of each result. */
function apart(
  spec: typeof labels,
  layout: Layout,
  inputs: { prediction: tf.Tensor; target: tf.Tensor; mask?: tf.Tensor },
): number {
  return tf.tidy(() => {
    const [a, b] = (['fused', 'ops'] as const).map((kernels) =>
      evaluate(spec, { layout, kernels })(inputs),
    );
    if (a === undefined || b === undefined) return Number.NaN;
    const off = (x: tf.Tensor, y: tf.Tensor): number => {
      const largest = tf.max(tf.abs(y)).dataSync()[0] ?? 0;
      return (tf.max(tf.abs(tf.sub(x, y))).dataSync()[0] ?? Number.NaN) / largest;
    };
    return Math.max(off(a.loss, b.loss), off(a.scores, b.scores), off(a.gradient, b.gradient));
  });
}

for (const backend of backends) {
  describe(`fused kernels on ${backend}`, () => {
    beforeAll(() => useBackend(backend));
    afterEach(() => {
      vi.unstubAllGlobals();
    });

    it('are made without the shaders of another backend', () => {
      const unused = (): never => {
        throw new Error('shaders were made');
      };
      const options = { shaders: unused, kernels: 'fused' } as const;
      const loss = tf.tidy(() =>
        lossFunction(labels, options)(tf.tensor([[0]], [1, 1], 'int32'), tf.ones([1, 1, 3])),
      );
      expect(loss.rank).toBe(0);
      loss.dispose();
    });

    it('are the path that is told', () => {
      const tensors = backend === 'wasm' ? 'in place' : 'copied';
      expect(pathOf(labels)).toEqual({ kernels: 'fused', tensors });
      // Shaders are for another backend.
      expect(pathOf(labels, { shaders })).toEqual({ kernels: 'fused', tensors });
      expect(pathOf(labels, { kernels: 'ops' })).toEqual({
        kernels: 'ops',
        reason: "the option kernels is 'ops'",
      });
    });

    it.each([
      ['channelsFirst', [2, 3, 9, 11]],
      ['channelsLast', [2, 9, 11, 3]],
    ] as const)('take numbers of every type, %s', (layout, shape) => {
      const before = tf.memory().numTensors;
      tf.tidy(() => {
        const prediction = tf.randomNormal([...shape], 0, 1, 'float32', 1);
        const target = tf.randomUniform([2, 9, 11], 0, 3, 'int32', 2);
        const last = tf.oneHot(tf.cast(target, 'int32'), 3);
        const oneHot = layout === 'channelsLast' ? last : tf.transpose(last, [0, 3, 1, 2]);
        const mask = tf.greater(tf.randomUniform([2, 9, 11], 0, 1, 'float32', 3), 0.3);
        for (const type of ['int32', 'float32'] as const) {
          expect(apart(labels, layout, { prediction, target: tf.cast(target, type) })).toBeLessThan(
            2e-6,
          );
        }
        for (const type of ['int32', 'float32', 'bool'] as const) {
          const inputs = { prediction, target: tf.cast(oneHot, type), mask };
          expect(apart(planes, layout, inputs)).toBeLessThan(2e-6);
        }
      });
      expect(tf.memory().numTensors).toBe(before);
    });

    it('find their tensors again when the memory of the backend grows', () => {
      tf.tidy(() => {
        const prediction = tf.randomNormal([1, 40, 40, 4], 0, 1, 'float32', 1);
        const target = tf.randomUniform([1, 40, 40], 0, 4, 'int32', 2);
        const step = valueAndGradient(labels, { kernels: 'fused' });
        const before = step({ prediction, target });
        // More than the memory has.
        const large = tf.zeros([2 ** 24]);
        const after = step({ prediction, target });
        expect(after.value.dataSync()).toEqual(before.value.dataSync());
        expect(after.gradient.dataSync()).toEqual(before.gradient.dataSync());
        large.dispose();
      });
    });

    it('give way where there is no WebAssembly', () => {
      vi.stubGlobal('WebAssembly', undefined);
      const reason = 'there is no WebAssembly';
      expect(pathOf(labels)).toEqual({ kernels: 'ops', reason });
      const step = valueAndGradient(labels, { kernels: 'fused' });
      const inputs = { prediction: tf.zeros([1, 4, 2]), target: tf.zeros([1, 4], 'int32') };
      expect(() => step(inputs)).toThrow(reason);
      tf.dispose([inputs, valueAndGradient(labels)(inputs)] as unknown as tf.TensorContainer);
    });

    it('leave nothing when they fail at work', async () => {
      const inputs = {
        prediction: tf.randomNormal([1, 40, 4], 0, 1, 'float32', 1),
        target: tf.zeros([1, 40], 'int32'),
      };
      const kernels = 'fused';
      const loss = (x: tf.Tensor): tf.Tensor => lossFunction(labels, { kernels })(inputs.target, x);
      const runs = [
        () => loss(inputs.prediction),
        () => tf.grad(loss)(inputs.prediction),
        () => valueAndGradient(labels, { kernels })(inputs),
        () => evaluate(labels, { kernels })(inputs),
      ];
      const { numTensors, numBytes } = tf.memory();
      // The first kernel fails when it is bound to its memory, or the second one.
      for (const most of [0, 1]) {
        for (const run of runs.slice(most)) {
          let bound = 0;
          class Failing {
            readonly exports: WebAssembly.Exports;
            constructor(module: WebAssembly.Module, imports: WebAssembly.Imports) {
              bound += 1;
              if (bound > most) throw new Error('out of memory');
              this.exports = new Instance(module, imports).exports;
            }
          }
          vi.stubGlobal('WebAssembly', { ...engine(), Instance: Failing });
          expect(run).toThrow('out of memory');
          vi.unstubAllGlobals();
        }
      }
      await Promise.resolve();
      expect(tf.memory()).toMatchObject({ numTensors, numBytes });
      tf.dispose([inputs.prediction, inputs.target]);
    });

    it('give way where WebAssembly has no SIMD or may not be compiled', () => {
      vi.stubGlobal('WebAssembly', { ...engine(), validate: () => false });
      expect(pathOf(labels)).toMatchObject({ reason: 'WebAssembly has no 128-bit SIMD' });
      class Forbidden {
        constructor() {
          throw new Error('unsafe-eval');
        }
      }
      vi.stubGlobal('WebAssembly', { ...engine(), Module: Forbidden });
      expect(pathOf(labels)).toMatchObject({ reason: expect.stringContaining('unsafe-eval') });
    });
  });
}

const { validate, Module, Instance, Memory } = WebAssembly;

function engine(): object {
  return { validate, Module, Instance, Memory };
}
