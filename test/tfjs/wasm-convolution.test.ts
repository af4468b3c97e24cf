import { registerFilterGradient, replaceInputGradient } from '@softdice/tfjs/wasm-convolution';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from './backend.js';

const kernelName = 'Conv2DBackpropFilter';
/** Half the distance from 1 to the next float32. */
const unit = 2 ** -24;

type Pad = Parameters<typeof tf.conv2d>[3];

/** A convolution of small whole numbers, of which float32 makes no error. */
interface Case {
  readonly images: readonly [number, number, number, number];
  readonly filter: readonly [number, number, number, number];
  readonly strides: readonly [number, number];
  readonly pad: Pad;
  readonly seed: number;
}

const size = (least: number, most: number) => fc.integer({ min: least, max: most });
const edge = fc.tuple(size(0, 2), size(0, 2));

/** tfjs gives the wrong size for a number as the pad, unless kernel and strides are square. */
const pads = fc.oneof(
  fc.constant<Pad>('same'),
  fc.constant<Pad>('valid'),
  size(0, 2),
  fc.tuple(edge, edge).map(([rows, columns]): Pad => [[0, 0], rows, columns, [0, 0]]),
);

const cases: fc.Arbitrary<Case> = fc
  .record({
    images: fc.tuple(size(1, 3), size(1, 9), size(1, 9), size(1, 4)),
    window: fc.tuple(size(1, 5), size(1, 5)),
    filters: size(1, 5),
    strides: fc.tuple(size(1, 3), size(1, 3)),
    pad: pads,
    seed: size(1, 1e6),
  })
  .map(({ images, window, filters, strides, pad, seed }): Case => {
    const square = typeof pad === 'number';
    const [height, width] = square ? [window[0], window[0]] : window;
    const [down, right] = square ? [strides[0], strides[0]] : strides;
    return {
      images,
      filter: [height, width, images[3], filters],
      strides: [down, right],
      pad,
      seed,
    };
  })
  .filter(({ images, filter, pad }) => pad === 'same' || fits(images, filter));

function fits([, rows, columns]: Case['images'], [height, width]: Case['filter']): boolean {
  return height <= rows && width <= columns;
}

/** An output of 42 000 pixels, which is summed in three bands. */
const inBands: Case = {
  images: [4, 150, 140, 1],
  filter: [3, 2, 1, 2],
  strides: [2, 1],
  pad: 'same',
  seed: 1,
};

/**
 * Whether tfjs convolves this right on wasm: with `'same'` and a stride beyond the window it returns
 * zeros.
 */
function convolves({ filter, strides, pad }: Case): boolean {
  return pad !== 'same' || (strides[0] <= filter[0] && strides[1] <= filter[1]);
}

function whole(shape: readonly number[], seed: number): tf.Tensor4D {
  return tf.randomUniform([...shape], -4, 5, 'float32', seed).floor() as tf.Tensor4D;
}

const convolved = (x: tf.Tensor4D, filter: tf.Tensor4D, { strides, pad }: Case): tf.Tensor4D =>
  tf.conv2d(x, filter, [...strides], pad, 'NHWC', 1, typeof pad === 'string' ? undefined : 'floor');

/** The operands of a case on the backend of the moment, and what comes from above. */
function operands(drawn: Case) {
  const x = whole(drawn.images, drawn.seed);
  const filter = whole(drawn.filter, drawn.seed + 1);
  const dy = whole(convolved(x, filter, drawn).shape, drawn.seed + 2);
  return { x, filter, dy };
}

function gradientOf(drawn: Case): readonly number[] {
  return tf.tidy(() => {
    const { x, filter, dy } = operands(drawn);
    const gradient = tf.grad((w: tf.Tensor) => convolved(x, w as tf.Tensor4D, drawn))(filter, dy);
    expect(gradient.shape).toEqual(drawn.filter);
    return Array.from(gradient.dataSync());
  });
}

function inputGradientOf(drawn: Case): readonly number[] {
  return tf.tidy(() => {
    const { x, filter, dy } = operands(drawn);
    const gradient = tf.grad((images: tf.Tensor) =>
      convolved(images as tf.Tensor4D, filter, drawn),
    )(x, dy);
    return Array.from(gradient.dataSync());
  });
}

describe('the filter gradient on wasm', () => {
  beforeAll(async () => {
    await useBackend('wasm');
    // Where tfjs brings its own, ours has no purpose left.
    expect(tf.getKernel(kernelName, 'wasm')).toBeUndefined();
    registerFilterGradient();
  });

  it('is that of the cpu backend, exactly on whole numbers', async () => {
    const drawn = [...fc.sample(cases, { numRuns: 200, seed: 6 }), inBands];
    await useBackend('cpu');
    const wanted = drawn.map(gradientOf);
    await useBackend('wasm');
    drawn.forEach((each, at) => {
      expect(gradientOf(each), JSON.stringify(each)).toEqual(wanted[at]);
    });
    expect(tf.memory().numTensors).toBe(0);
  });

  it('is the slope of the convolution: one more in a weight adds its gradient', () => {
    fc.assert(
      fc.property(cases.filter(convolves), (drawn) => {
        const differences = tf.tidy(() => {
          const { x, filter, dy } = operands(drawn);
          const value = (w: tf.Tensor): number =>
            convolved(x, w as tf.Tensor4D, drawn)
              .mul(dy)
              .sum()
              .dataSync()[0] ?? Number.NaN;
          const start = value(filter);
          return Array.from({ length: filter.size }, (_, weight) => {
            const one = tf.oneHot(tf.tensor1d([weight], 'int32'), filter.size);
            return value(filter.add(one.mul(1).reshape(filter.shape))) - start;
          });
        });
        expect(gradientOf(drawn)).toEqual(differences);
      }),
      { numRuns: 30, seed: 7 },
    );
  });

  it('gives transposed convolutions theirs', async () => {
    const gradients = (): readonly number[] =>
      tf.tidy(() => {
        const [x, filter] = [whole([2, 4, 5, 3], 1), whole([3, 3, 2, 3], 2)];
        const up = (w: tf.Tensor): tf.Tensor =>
          tf.conv2dTranspose(x, w as tf.Tensor4D, [2, 8, 10, 2], 2, 'same');
        return Array.from(
          tf
            .grad(up)(filter, whole([2, 8, 10, 2], 3))
            .dataSync(),
        );
      });
    await useBackend('cpu');
    const wanted = gradients();
    await useBackend('wasm');
    expect(gradients()).toEqual(wanted);
  });

  it('sums long images in bands, so that float32 does not drift', () => {
    const side = 1024;
    const relative = tf.tidy(() => {
      const x = tf.fill([1, side, side, 1], 0.1) as tf.Tensor4D;
      const dy = tf.fill([1, side, side, 1], 0.3) as tf.Tensor4D;
      return gradientBy(x, dy).map(
        (sum) => sum / (side * side * Math.fround(0.1) * Math.fround(0.3)) - 1,
      );
    });
    // A product, 2^14 additions within a band and 64 of bands, each right to a unit.
    for (const error of relative) expect(Math.abs(error)).toBeLessThan((2 ** 14 + 65) * unit);
  });

  it('leaves no tensor behind and does not let the memory grow', () => {
    const drawn: Case = {
      images: [2, 24, 24, 4],
      filter: [3, 3, 4, 4],
      strides: [2, 2],
      pad: 'same',
      seed: 1,
    };
    const { wasm } = tf.backend() as unknown as { wasm: { asm: { memory: WebAssembly.Memory } } };
    gradientOf(drawn);
    const before = wasm.asm.memory.buffer.byteLength;
    for (let step = 0; step < 300; step += 1) gradientOf(drawn);
    expect(tf.memory().numTensors).toBe(0);
    expect(wasm.asm.memory.buffer.byteLength).toBe(before);
  });

  it('refuses channels first', () => {
    const x = tf.zeros([1, 2, 4, 4]);
    const attrs = { strides: 1, pad: 'same', dataFormat: 'NCHW', filterShape: [3, 3, 2, 2] };
    expect(() => tf.engine().runKernel(kernelName, { x, dy: x }, attrs)).toThrow(
      "[softdice] Invalid dataFormat: expected 'NHWC' on the wasm backend but received 'NCHW'",
    );
    x.dispose();
  });

  it('is 0 for no images', () => {
    const [x, dy] = [tf.zeros([0, 4, 4, 2]), tf.zeros([0, 4, 4, 3])];
    const attrs = { strides: 1, pad: 'same', dataFormat: 'NHWC', filterShape: [1, 1, 2, 3] };
    const gradient = tf.engine().runKernel(kernelName, { x, dy }, attrs) as tf.Tensor;
    expect(Array.from(gradient.dataSync())).toEqual(Array(6).fill(0));
    tf.dispose([x, dy, gradient]);
  });

  it('leaves a kernel that is there', () => {
    const there = tf.getKernel(kernelName, 'wasm');
    registerFilterGradient();
    expect(tf.getKernel(kernelName, 'wasm')).toBe(there);
  });
});

describe('the input gradient on wasm', () => {
  it('stays that of the cpu backend, exactly on whole numbers, when it is replaced', async () => {
    const drawn = fc.sample(cases, { numRuns: 200, seed: 8 });
    await useBackend('cpu');
    const wanted = drawn.map(inputGradientOf);
    await useBackend('wasm');
    const own = tf.getKernel('Conv2DBackpropInput', 'wasm');
    replaceInputGradient();
    expect(tf.getKernel('Conv2DBackpropInput', 'wasm')).not.toBe(own);
    drawn.forEach((each, at) => {
      expect(inputGradientOf(each), JSON.stringify(each)).toEqual(wanted[at]);
    });
    expect(tf.memory().numTensors).toBe(0);
  });
});

function gradientBy(x: tf.Tensor4D, dy: tf.Tensor4D): readonly number[] {
  const attrs = { strides: 1, pad: 'valid', dataFormat: 'NHWC', filterShape: [1, 1, 1, 1] };
  return Array.from((tf.engine().runKernel(kernelName, { x, dy }, attrs) as tf.Tensor).dataSync());
}
