import {
  dice,
  evaluate,
  InputError,
  type LossOptions,
  type LossSpec,
  lossFunction,
  valueAndGradient,
} from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { backends, useBackend } from './backend.js';
import { type Call, mistakes, rightUses, type Sizes } from './mistakes.js';

type Use = (spec: LossSpec, options: LossOptions, call: Call) => unknown;

/** Every way to a loss. */
const uses: Readonly<Record<string, Use>> = {
  lossFunction: (spec, options, { prediction, target, mask }) =>
    lossFunction(spec, options)(target, prediction, mask),
  valueAndGradient: (spec, options, call) => valueAndGradient(spec, options)(call),
  evaluate: (spec, options, call) => evaluate(spec, options)(call),
  'the tape': (spec, options, { prediction, target, mask }) =>
    tf.valueAndGrad((x: tf.Tensor) => lossFunction(spec, options)(target, x, mask))(prediction),
};

const sizes: fc.Arbitrary<Sizes> = fc.record({
  samples: fc.integer({ min: 1, max: 3 }),
  spatial: fc.array(fc.integer({ min: 7, max: 9 }), { minLength: 1, maxLength: 3 }),
  channels: fc.integer({ min: 2, max: 4 }),
});

/** Runs f on a call of its own; the number of tensors that it leaves. */
function left(make: () => Call, f: (call: Call) => void): number {
  const before = tf.memory().numTensors;
  const call = tf.tidy(() => ({ mask: undefined, ...make() })) as Call;
  const held = tf.memory().numTensors;
  f(call);
  const leaked = tf.memory().numTensors - held;
  tf.dispose(Object.values(call));
  expect(tf.memory().numTensors - leaked).toBe(before);
  return leaked;
}

for (const backend of backends) {
  describe(`wrong use on ${backend}`, () => {
    beforeAll(() => useBackend(backend));

    const ways = Object.keys(uses).flatMap((name) =>
      (['auto', 'ops'] as const).map((kernels) => ({ use: uses[name] ?? evaluate, name, kernels })),
    );

    it.each(mistakes)('$name is refused and leaves nothing', ({ spec, numbers, make, message }) => {
      fc.assert(
        fc.property(sizes, (drawn) => {
          for (const { use, name, kernels } of ways) {
            const leaked = left(
              () => make(drawn),
              (call) => {
                const fails = () => use(spec, { kernels, check: numbers }, call);
                // tfjs itself refuses a disposed tensor that is differentiated.
                if (name === 'the tape' && call.prediction.isDisposed) {
                  expect(fails).toThrow();
                } else {
                  expect(fails).toThrow(InputError);
                  expect(fails).toThrow(message);
                }
              },
            );
            expect([name, kernels, leaked]).toEqual([name, kernels, 0]);
          }
        }),
        { numRuns: 2, seed: 6 },
      );
    });

    it.each(rightUses)('$name is taken and leaves its results', ({ spec, make }) => {
      fc.assert(
        fc.property(sizes, (drawn) => {
          for (const { use, name, kernels } of ways) {
            const leaked = left(
              () => make(drawn),
              (call) => {
                const results = use(spec, { kernels, check: true }, call);
                expect(results).toBeDefined();
                tf.dispose(results as tf.TensorContainer);
              },
            );
            expect([name, kernels, leaked]).toEqual([name, kernels, 0]);
          }
        }),
        { numRuns: 2, seed: 6 },
      );
    });
  });
}

describe('numbers', () => {
  it('tell the layout where the shapes do not', async () => {
    await useBackend('cpu');
    const labels = tf.tensor([0, 1, 2, 1, 1, 1], [2, 3], 'int32');
    const target = tf.oneHot(labels, 3).toFloat();
    const call = { prediction: tf.randomNormal([2, 3, 3]), target };
    const step = valueAndGradient(dice({ activation: 'softmax' }), {
      layout: 'channelsFirst',
      check: true,
    });
    expect(() => step(call)).toThrow(
      /expected one channel of each voxel that is 1 but received a sum of \d in the voxel of \[.*one-hot with layout 'channelsLast'/,
    );
  });

  it('need a backend of float32', async () => {
    await useBackend('cpu');
    const backend = tf.backend();
    const precision = backend.floatPrecision.bind(backend);
    const inputs = { prediction: tf.tensor([[0.5, 0.5]]), target: tf.tensor([[0, 1]]) };
    backend.floatPrecision = () => 16;
    try {
      const step = valueAndGradient(dice(), { check: true });
      expect(() => step(inputs)).toThrow(/Invalid backend: .*received cpu in float16; .*65504/);
    } finally {
      backend.floatPrecision = precision;
    }
  });

  it('are read on demand only', async () => {
    await useBackend('cpu');
    const logits = mistakes.find(({ name }) => name === 'logits for probabilities');
    const call = logits?.make({ samples: 1, spatial: [4], channels: 2 });
    if (logits === undefined || call === undefined) throw new Error('the table has changed');
    expect(() => valueAndGradient(logits.spec)(call)).not.toThrow();
  });
});
