import { dice, InputError, lossFunction, SpecError, valueAndGradient } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from './backend.js';

const labels = dice({ target: 'labels', activation: 'softmax' });
const first = { layout: 'channelsFirst' } as const;

describe('wrong use', () => {
  beforeAll(() => useBackend('cpu'));

  it('throws for a wrong spec at once, not at the first batch', () => {
    const spec = { terms: [{ kind: 'overlap', activation: 'relu' }] } as never;
    expect(() => lossFunction(spec)).toThrow(SpecError);
    expect(() => valueAndGradient(spec)).toThrow(/Invalid terms\[0\]\.activation/);
  });

  it('throws for unknown options and layouts at once', () => {
    expect(() => lossFunction(labels, { layout: 'NCHW' as never })).toThrow(
      "[softdice] Invalid options.layout: expected 'channelsLast' or 'channelsFirst' but received 'NCHW'",
    );
    expect(() => lossFunction(labels, { smooth: 1 } as never)).toThrow(/Invalid options\.smooth/);
    expect(() => lossFunction(labels, { shaders: true } as never)).toThrow(
      "Invalid options.shaders: expected the shaders of '@softdice/tfjs/webgpu' but received true",
    );
  });

  const disposed = () => {
    const tensor = tf.zeros([2, 4, 4], 'int32');
    tensor.dispose();
    return tensor;
  };
  const plain = () => tf.zeros([2, 4, 4, 3]);
  const map = () => tf.zeros([2, 4, 4], 'int32');
  const cases: readonly (readonly [string, () => unknown, readonly RegExp[]])[] = [
    [
      'a target of other size',
      () => lossFunction(labels)(tf.zeros([2, 4, 5], 'int32'), plain()),
      [
        /Invalid target: expected shape \[2,4,4\] or \[2,1,4,4\] beside prediction \[2,3,4,4\] but received \[2,4,5\]/,
        /shown channels first/,
      ],
    ],
    [
      'labels for a one-hot target',
      () => lossFunction(dice())(map(), plain()),
      [/Invalid target: .*use target 'labels'/],
    ],
    [
      'a one-hot target for labels',
      () => lossFunction(labels)(plain(), plain()),
      [/Invalid target/],
    ],
    [
      'the wrong layout',
      () => lossFunction(labels, first)(map(), plain()),
      [/Invalid target.*beside prediction \[2,4,4,3\]/],
    ],
    [
      'a missing mask',
      () => lossFunction(dice({ voxels: 'mask' }))(plain(), plain()),
      [/Invalid mask: expected a mask.*received nothing/],
    ],
    [
      'a needless mask',
      () => lossFunction(labels)(map(), plain(), map()),
      [/Invalid mask: expected no mask/],
    ],
    [
      'a disposed tensor',
      () => lossFunction(labels)(disposed(), plain()),
      [/Invalid target: expected a live tensor but received a disposed one/],
    ],
    [
      'an array',
      () => lossFunction(labels)([1, 2] as never, plain()),
      [/Invalid target: expected a tensor but received object; make one/],
    ],
    [
      'nothing',
      () => valueAndGradient(labels)({ prediction: plain() } as never),
      [/Invalid target: .* received undefined/],
    ],
    [
      'a whole prediction',
      () => lossFunction(labels)(map(), plain().toInt()),
      [/Invalid prediction: expected a tensor of type float32 but received int32/],
    ],
    [
      'two wrong types',
      () => lossFunction(labels)(tf.tensor(['a']), tf.complex([1], [1])),
      [/Invalid prediction: .*complex64/, /Invalid target: .*string/],
    ],
    [
      'softmax of one channel',
      () => lossFunction(dice({ activation: 'softmax' }))(tf.zeros([1, 4, 1]), tf.zeros([1, 4, 1])),
      [/Invalid prediction: expected at least 2 channels/],
    ],
    [
      'a cotangent of other shape',
      () =>
        valueAndGradient(dice({ reduction: 'none', classes: 'foreground' }))({
          prediction: plain(),
          target: plain(),
          cotangent: tf.zeros([2, 3]),
        }),
      [/Invalid cotangent: expected shape \[2,2\] of the loss but received \[2,3\]/],
    ],
  ];

  it.each(cases)('explains %s', (_, call, patterns) => {
    expect(call).toThrow(InputError);
    for (const pattern of patterns) expect(call).toThrow(pattern);
  });

  it('reads int32, bool and float targets alike, with and without a channel axis', () => {
    const prediction = tf.randomUniform([2, 3, 5, 2], 0, 1, 'float32', 4);
    const whole = tf.randomUniform([2, 3, 5], 0, 2, 'int32', 6);
    const values = [whole, whole.toBool(), whole.toFloat(), whole.expandDims(-1)].map(
      (target) => lossFunction(dice({ target: 'labels' }))(target, prediction).dataSync()[0],
    );
    expect(new Set(values).size).toBe(1);
    const channels = prediction.transpose([0, 3, 1, 2]);
    const moved = lossFunction(dice({ target: 'labels' }), first)(whole.expandDims(1), channels);
    expect(moved.dataSync()[0]).toBeCloseTo(values[0] ?? Number.NaN, 6);
  });
});
