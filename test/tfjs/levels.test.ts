import {
  deepSupervision,
  dice,
  InputError,
  levelsLossFunction,
  levelsValueAndGradients,
} from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backends, useBackend } from './backend.js';

const spec = deepSupervision(dice({ target: 'labels', activation: 'softmax' }), [1, 0.25]);

for (const backend of backends) {
  describe(`levels on ${backend}`, () => {
    beforeAll(() => useBackend(backend));
    let fine: tf.Tensor;
    let coarse: tf.Tensor;
    let target: tf.Tensor;
    beforeEach(() => {
      fine = tf.randomNormal([2, 6, 4, 3], 0, 1, 'float32', 1);
      coarse = tf.randomNormal([2, 3, 2, 3], 0, 1, 'float32', 2);
      target = tf.randomUniform([2, 6, 4], 0, 3, 'int32', 3);
    });
    afterEach(() => tf.dispose([fine, coarse, target]));

    it('have on the tape the gradients that are computed directly, and leave nothing', async () => {
      const loss = levelsLossFunction(spec);
      const before = tf.memory().numTensors;
      const taped = tf.valueAndGrads((a: tf.Tensor, b: tf.Tensor) => loss([target], [a, b]));
      const { value, grads } = taped([fine, coarse]);
      const direct = levelsValueAndGradients(spec)({
        predictions: [fine, coarse],
        targets: [target],
      });
      expect(tf.memory().numTensors - before).toBe(6);
      expect(await value.data()).toEqual(await direct.value.data());
      for (const [at, gradient] of direct.gradients.entries()) {
        const wanted = await gradient.data();
        expect(wanted.some((slope) => slope !== 0)).toBe(true);
        // The weights are powers of 2: where they are multiplied changes no rounding.
        expect(await grads[at]?.data()).toEqual(wanted);
      }
      tf.dispose([value, grads, direct.value, [...direct.gradients]]);
    });

    it('refuse what does not fit before anything is touched', () => {
      const step = levelsValueAndGradients(spec);
      const before = tf.memory().numTensors;
      const integers = tf.zeros([2, 3, 2, 3], 'int32');
      expect(() => step({ predictions: [fine, integers], targets: [target] })).toThrow(
        /Invalid predictions\[1\]: expected a tensor of type float32/,
      );
      expect(() => step({ predictions: [fine], targets: [target] })).toThrow(InputError);
      expect(() => step({ predictions: [fine, coarse], targets: [fine] })).toThrow(
        /levels\[0\]\.target.*\n.*levels\[1\]\.target/,
      );
      integers.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}
