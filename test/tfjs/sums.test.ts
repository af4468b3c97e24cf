import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { accurateSum } from '../../packages/tfjs/src/sums.js';
import { useBackend } from './backend.js';

beforeAll(() => useBackend('cpu'));

it('sums of more blocks than one product has matrices are those of each run', () => {
  // Blocks of 16, of which there are 67 * 980.
  const [outer, length, inner] = [980, 16 * 67, 2];
  const x = Float32Array.from({ length: outer * length * inner }, (_, at) => (at * 7919) % 31);
  const expected = new Float32Array(outer * inner);
  x.forEach((value, at) => {
    const to = Math.floor(at / (length * inner)) * inner + (at % inner);
    expected[to] = (expected[to] ?? 0) + value;
  });
  const sums = tf.tidy(() => accurateSum(tf.tensor3d(x, [outer, length, inner]), 1));
  expect(sums.shape).toEqual([outer, 1, inner]);
  expect(sums.dataSync()).toEqual(expected);
  sums.dispose();
});
