import { dice, type Kernels, type LossFunction, lossFunction, withLoss } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { backends, useBackend } from './backend.js';
import { twoOutputs, voxelData } from './small-models.js';

const copied = (x: tf.Tensor): tf.Tensor => tf.reverse(tf.reverse(x, 0), 0);

/** What a loss is tried on. */
interface Tried {
  readonly loss: LossFunction;
  readonly prediction: tf.Tensor;
  readonly target: tf.Tensor;
  readonly mask: tf.Tensor;
  /** The prediction as a variable. */
  readonly variable: tf.Variable;
  /** The loss as a function of the prediction. */
  readonly f: (x: tf.Tensor) => tf.Scalar;
}

function tried(kernels: Kernels): Tried {
  const loss = lossFunction(dice({ target: 'labels', activation: 'softmax', voxels: 'mask' }), {
    kernels,
  });
  const prediction = tf.randomNormal([2, 6, 6, 3], 0, 1, 'float32', 1);
  const target = tf.randomUniform([2, 6, 6], 0, 3, 'int32', 2);
  const mask = tf.tidy(() => tf.cast(tf.greater(tf.randomNormal([2, 6, 6]), -1), 'float32'));
  const variable = tf.tidy(() => tf.variable(copied(prediction)));
  const f = (x: tf.Tensor): tf.Scalar => loss(target, x, mask) as tf.Scalar;
  return { loss, prediction, target, mask, variable, f };
}

/** What there is of tensors, and of their data on the backend. */
function held(): object {
  const { numTensors, numBytes } = tf.memory();
  return { numTensors, numBytes, data: tf.backend().numDataIds() };
}

function minimized(f: () => tf.Scalar, variable: tf.Variable): tf.Tensor[] {
  const optimizer = tf.train.sgd(0);
  try {
    return [optimizer.minimize(f, true, [variable]) ?? []].flat();
  } finally {
    optimizer.dispose();
  }
}

type Use = (tried: Tried) => tf.TensorContainer;

// Beside the loss these use ops of which tfjs saves nothing, for it leaves what it saved behind after an error.
const uses: Readonly<Record<string, Use>> = {
  'the value alone': ({ f, prediction }) => f(prediction),
  'tf.grad': ({ f, prediction }) => tf.grad(f)(prediction),
  'tf.grads and a cotangent': ({ f, prediction }) =>
    tf.tidy(() => tf.grads(f)([prediction], tf.scalar(2))),
  'tf.valueAndGrads': ({ f, prediction }) => ({ ...tf.valueAndGrads(f)([prediction]) }),
  'tf.variableGrads': ({ f, variable }) => ({ ...tf.variableGrads(() => f(variable)) }),
  'an optimizer': ({ f, variable }) => minimized(() => f(variable), variable),
  'tensors made on the way': ({ loss, prediction, target, mask }) =>
    tf.grad((x: tf.Tensor) => loss(copied(target), copied(x), copied(mask)))(prediction),
  'two losses': ({ f, prediction }) =>
    tf.grad((x: tf.Tensor) => tf.addN([f(x), f(tf.neg(x))]))(prediction),
  'losses that lead nowhere': ({ f, prediction }) =>
    tf.grad((x: tf.Tensor) => {
      f(prediction);
      f(x);
      return tf.neg(x);
    })(prediction),
  'a gradient that leads nowhere': ({ f, prediction }) =>
    tf.grad((x: tf.Tensor) => {
      tf.grad(f)(x);
      return f(x);
    })(prediction),
};

const theirs = (): never => {
  throw new Error('theirs');
};
const second = /^\[softdice\] Invalid gradient: expected a first derivative .* received a second/;

const failures: Readonly<Record<string, readonly [error: string | RegExp, use: Use]>> = {
  'a loss of something else': [
    'Cannot compute gradient of y=f(x)',
    ({ f, prediction, mask }) => tf.grad(() => f(prediction))(mask),
  ],
  'an error after the loss': [
    'theirs',
    ({ f, prediction }) => tf.grad((x: tf.Tensor) => theirs.call(f(x)))(prediction),
  ],
  'an error after the loss of a variable': [
    'theirs',
    ({ f, variable }) => minimized(() => theirs.call(f(variable)), variable),
  ],
  'an error on the way back': [
    'theirs',
    ({ f, prediction }) => {
      const fails = tf.customGrad((y) => ({ value: tf.neg(y as tf.Tensor), gradFunc: theirs }));
      return tf.grad((x: tf.Tensor) => fails(f(x)))(prediction);
    },
  ],
  'a second derivative': [second, ({ f, prediction }) => tf.grad(tf.grad(f))(prediction)],
  'a derivative of the gradient by the mask': [
    second,
    ({ loss, target, prediction, mask }) =>
      tf.grad((w: tf.Tensor) => tf.grad((x: tf.Tensor) => loss(target, x, w))(prediction))(mask),
  ],
};

const paths = backends.flatMap((backend) =>
  (['fused', 'ops'] as const).map((kernels) => ({ backend, kernels })),
);

describe.each(paths)('what the tape keeps, $kernels on $backend', ({ backend, kernels }) => {
  beforeAll(() => useBackend(backend));

  const withTried = async (use: (tried: Tried) => unknown): Promise<void> => {
    const given = tried(kernels);
    await use(given);
    tf.dispose({ ...given } as unknown as tf.TensorContainer);
  };

  it.each(Object.entries(uses))('is gone after %s', (_, use) =>
    withTried((given) => {
      const before = held();
      tf.tidy(() => void use(given));
      expect(held()).toEqual(before);
      // There need be no scope around it.
      tf.dispose(use(given));
      expect(held()).toEqual(before);
    }),
  );

  it.each(Object.entries(failures))('is gone after %s', (_, [error, use]) =>
    withTried(async (given) => {
      const before = held();
      expect(() => use(given)).toThrow(error);
      expect(() => tf.tidy(() => use(given))).toThrow(error);
      await Promise.resolve();
      expect(held()).toEqual(before);
    }),
  );

  it('is what the loss was taken of', () =>
    withTried(({ f, loss, prediction, target, mask, variable }) => {
      const gradient = (of: () => tf.Scalar) =>
        tf.tidy(() => tf.variableGrads(of).grads[variable.name]?.dataSync());
      const expected = gradient(() => f(variable));
      const disposed = gradient(() => {
        const inputs = [copied(target), copied(variable), copied(mask)] as const;
        const value = loss(...inputs);
        tf.dispose([...inputs]);
        return value as tf.Scalar;
      });
      expect(disposed).toEqual(expected);
      const assigned = gradient(() => {
        const value = f(variable);
        variable.assign(tf.zerosLike(prediction));
        return value;
      });
      expect(assigned).toEqual(expected);
    }));

  it('is gone after fit of several outputs', async () => {
    const model = twoOutputs([4, 4]);
    const { image, oneHot, labels } = voxelData(4, [4, 4]);
    const lesion = tf.tidy(() => tf.cast(tf.expandDims(tf.greater(labels, 1), -1), 'float32'));
    const specs = {
      organs: dice({ activation: 'softmax' }),
      lesion: dice({ activation: 'sigmoid', target: 'multilabel' }),
    };
    model.compile({ optimizer: 'sgd', loss: withLoss(model, specs, { kernels }) });
    const train = () => model.fit(image, { organs: oneHot, lesion }, { epochs: 2, verbose: 0 });
    await train();
    const before = held();
    await train();
    expect(held()).toEqual(before);
    tf.dispose([image, oneHot, labels, lesion]);
    model.dispose();
  });
});
