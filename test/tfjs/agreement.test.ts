import { planOf } from '@softdice/core';
import { evaluate, type Layout, lossFunction, valueAndGradient } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { backends, useBackend } from './backend.js';
import { losses, type Tried } from './losses.js';
import { channelsFirstData, disagreement, interpreted, samplesFor, tensorOf } from './samples.js';

const layouts: readonly Layout[] = ['channelsLast', 'channelsFirst'];
/** Spatial sizes of every rank; 67 voxels in a row need a remainder beside the blocks of the sum. */
const spatials = [[], [67], [5, 26], [4, 5, 6], [2, 3, 2, 4]];
/** Sums, softmax and the head are each right to a few units of 6e-8. */
const bound = 3e-6;

const worst = new Map<string, number>();
const record = (what: string, value: number): number => {
  worst.set(what, Math.max(worst.get(what) ?? 0, value));
  return value;
};

function inputsOf({ spec, channels }: Tried, spatial: readonly number[], layout: Layout) {
  const shape = [2, channels, ...spatial];
  const samples = samplesFor(spec, shape, 7);
  const type = planOf(spec).target.kind === 'labels' ? 'int32' : 'float32';
  const rank = shape.length;
  return {
    samples,
    tensors: {
      prediction: tensorOf(samples.prediction, layout, rank),
      target: tensorOf(samples.target, layout, rank, type),
      ...(samples.mask === undefined ? {} : { mask: tensorOf(samples.mask, layout, rank) }),
    },
  };
}

const everywhere = backends.flatMap((backend) =>
  (['ops', 'auto'] as const).map((kernels) => ({ backend, kernels })),
);

for (const { backend, kernels } of everywhere) {
  describe(`${backend}, kernels ${kernels}`, () => {
    beforeAll(() => useBackend(backend));

    for (const tried of losses) {
      it(`${tried.name}: loss, scores and gradient are those of the interpreter`, () => {
        for (const layout of layouts) {
          const step = evaluate(tried.spec, { layout, kernels });
          for (const spatial of spatials) {
            const { samples, tensors } = inputsOf(tried, spatial, layout);
            const factor = (at: number): number => 1 + at / 4;
            const expected = interpreted(tried.spec, samples, factor);
            const { shape } = expected.loss;
            const cotangent = tf.tensor(
              Array.from(expected.loss.data, (_, at) => factor(at)),
              [...shape],
            );
            const result = step({ ...tensors, cotangent });
            expect(result.loss.shape).toEqual(shape);
            expect(result.scores.shape).toEqual(expected.scores.shape);
            expect(result.gradient.shape).toEqual(tensors.prediction.shape);
            expect(result.gradient.dtype).toBe('float32');
            const gradient = channelsFirstData(result.gradient, layout);
            const at = `${backend} ${layout} [${spatial}]`;
            const check = (what: string, actual: ArrayLike<number>, wanted: ArrayLike<number>) =>
              expect(
                record(`${backend} ${what}`, disagreement(actual, wanted)),
                `${what} on ${at}`,
              ).toBeLessThan(bound);
            check('loss', result.loss.dataSync(), expected.loss.data);
            check('scores', result.scores.dataSync(), expected.scores.data);
            check('gradient', gradient, expected.gradient.data);
            tf.dispose([tensors, cotangent, result]);
          }
        }
      });

      it(`${tried.name}: tf.valueAndGrad through the loss is the direct gradient`, () => {
        const { tensors } = inputsOf(tried, [5, 4], 'channelsLast');
        const { prediction, target } = tensors;
        const mask = 'mask' in tensors ? tensors.mask : undefined;
        const loss = lossFunction(tried.spec, { kernels });
        const direct = valueAndGradient(tried.spec, { kernels })(tensors);
        const { value, grad } = tf.valueAndGrad((x: tf.Tensor) =>
          loss(target, x, mask).sum().mul(3),
        )(prediction);
        const [wanted, sum] = tf.tidy(() => [direct.gradient.mul(3), direct.value.sum().mul(3)]);
        if (wanted === undefined || sum === undefined) throw new Error('no gradient');
        expect(disagreement(grad.dataSync(), wanted.dataSync())).toBeLessThan(1e-6);
        expect(disagreement(value.dataSync(), sum.dataSync())).toBeLessThan(1e-6);
        tf.dispose([tensors, direct, value, grad, wanted, sum]);
      });
    }

    it('left nothing behind', () => {
      expect(tf.memory().numTensors).toBe(0);
      if (process.env['SHOW_WORST'] !== undefined) console.table(Object.fromEntries(worst));
    });
  });
}
