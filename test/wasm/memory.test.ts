import { compile, dice, type LossSpec, type Program } from '@softdice/core';
import {
  carriedName,
  coefficientInputs,
  type Fused,
  fusedLoss,
  fusedOf,
  gradientName,
  type Layout,
  residentTiles,
} from '@softdice/core/wasm';
import { evaluate } from '@softdice/reference';
import { describe, expect, it } from 'vitest';
import { stream } from '../arbitraries/batch.js';

const [samples, channels, voxels] = [2, 5, 203];
const spec = dice({ target: 'labels', activation: 'softmax', per: 'batch' });

function fusedFor(loss: LossSpec): Fused<Program> {
  const fused = fusedOf(compile(loss));
  if ('reason' in fused) throw new Error(fused.reason);
  return fused;
}

const random = stream(7);
const prediction = Float32Array.from(
  { length: samples * channels * voxels },
  () => 6 * random() - 3,
);
const target = Int32Array.from({ length: samples * voxels }, () => Math.floor(channels * random()));
const expected = evaluate(spec, {
  prediction: { shape: [samples, channels, voxels], data: prediction },
  target: { shape: [samples, voxels], data: target },
});

/** Loss and gradient of tensors that lie in a memory, with something done between the passes. */
function inMemory(memory: WebAssembly.Memory, carries: boolean, between: () => void) {
  const fused = fusedFor(spec);
  const layout: Layout = 'channelsFirst';
  const stored = { prediction: 'float32', target: 'int32' } as const;
  // An address that no SIMD load would choose.
  const first = 65_536 - 20;
  const places = [
    { name: 'prediction', address: first, channels, stored: stored.prediction },
    {
      name: 'target',
      address: first + prediction.byteLength,
      channels: 1,
      stored: stored.target,
    },
    {
      name: gradientName,
      address: first + prediction.byteLength + target.byteLength,
      channels,
      stored: 'float32',
    },
  ] as const;
  new Float32Array(memory.buffer, places[0].address, prediction.length).set(prediction);
  new Int32Array(memory.buffer, places[1].address, target.length).set(target);
  const sizes = { samples, channels, voxels };
  const tiles = residentTiles([...places, { ...places[2], name: carriedName }], layout, sizes);
  expect(fused.scratchBytes({ ...sizes, layout, stored, memory, carries })).toBeLessThan(
    first - 16,
  );
  const placed = { ...sizes, memory, scratch: 16, layout, stored, tiles, carries };
  const swept = fused.forward(placed);
  between();
  fused.backward(placed, swept, coefficientInputs(fused.program, swept.statistics));
  const loss = fused.head(fused.program.head.loss, swept).data[0] ?? Number.NaN;
  const gradient = new Float32Array(memory.buffer, places[2].address, prediction.length).slice();
  return { loss, gradient };
}

function expectRight({ loss, gradient }: ReturnType<typeof inMemory>): void {
  expect(Math.abs(loss - (expected.loss.data[0] ?? Number.NaN))).toBeLessThan(1e-7);
  const off = gradient.map((value, at) => Math.abs(value - (expected.gradient.data[at] ?? 0)));
  expect(Math.max(...off)).toBeLessThan(1e-9);
}

describe('linear memory', () => {
  it('may lie anywhere, and may be shared between threads', () => {
    expectRight(inMemory(new WebAssembly.Memory({ initial: 4 }), false, () => undefined));
    expectRight(inMemory(new WebAssembly.Memory({ initial: 4 }), true, () => undefined));
    const shared = new WebAssembly.Memory({ initial: 4, maximum: 100, shared: true });
    expect(shared.buffer).toBeInstanceOf(SharedArrayBuffer);
    expectRight(inMemory(shared, true, () => undefined));
  });

  it('may grow between the passes', () => {
    for (const carries of [false, true]) {
      const memory = new WebAssembly.Memory({ initial: 4 });
      const before = memory.buffer;
      expectRight(inMemory(memory, carries, () => memory.grow(10)));
      expect(memory.buffer).not.toBe(before);
    }
  });
});

describe('tensors outside of linear memory', () => {
  it.each(['channelsFirst', 'channelsLast'] as const)('come there in tiles, %s', (layout) => {
    // More voxels than a tile has, and no multiple of a block.
    const size = 10_007;
    const shape = { prediction: [2, 3, size], target: [2, size] };
    const numbers = Float32Array.from({ length: 6 * size }, () => 6 * random() - 3);
    const labels = Int32Array.from({ length: 2 * size }, () => Math.floor(3 * random()));
    const judged = evaluate(spec, {
      prediction: { shape: shape.prediction, data: numbers },
      target: { shape: shape.target, data: labels },
    });
    const isFirst = layout === 'channelsFirst';
    const place = (at: number): number => {
      const [sample, voxel, channel] = [
        Math.floor(at / (3 * size)),
        Math.floor(at / 3) % size,
        at % 3,
      ];
      return isFirst ? at : (sample * 3 + channel) * size + voxel;
    };
    const { loss, gradient } = fusedLoss(compile(spec), { layout })({
      prediction: {
        shape: isFirst ? shape.prediction : [2, size, 3],
        data: numbers.map((_, at) => numbers[place(at)] ?? 0),
      },
      target: { shape: shape.target, data: labels },
    });
    expect(Math.abs((loss.data[0] ?? 0) - (judged.loss.data[0] ?? 1))).toBeLessThan(1e-7);
    const off = gradient.map((value, at) => value - (judged.gradient.data[place(at)] ?? 1));
    expect(Math.max(...off.map(Math.abs))).toBeLessThan(1e-11);
  });
});

describe('scratch memory', () => {
  it.each([
    [4, 256 ** 2],
    [14, 96 ** 3],
    [4, 128 ** 3],
    [1, 256 ** 2],
    [150, 64 ** 2],
  ])('for %d channels of %d voxels is less than a tenth of a sample', (count, size) => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const stored = { prediction: 'float32', target: 'int32' } as const;
    const losses = [dice({ target: count > 1 ? 'labels' : 'binary', activation: 'sigmoid' })];
    if (count > 1) losses.push(spec);
    for (const loss of losses) {
      for (const layout of ['channelsFirst', 'channelsLast'] as const) {
        for (const carries of [false, true]) {
          const sizes = { samples: 1, channels: count, voxels: size };
          const shape = { ...sizes, layout, stored, memory, carries };
          const bytes = fusedFor(loss).scratchBytes(shape);
          expect(bytes).toBeLessThan(0.1 * 4 * count * size);
        }
      }
    }
  });
});
