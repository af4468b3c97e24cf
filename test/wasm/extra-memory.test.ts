import {
  carriedName,
  copied,
  type Fused,
  gradientName,
  inputTensors,
  type Layout,
  type Source,
  type WasmMemory,
} from '@softdice/core/wasm';
import { describe, expect, it } from 'vitest';
import { metricKernels } from './metric-kernels.js';
import { presetKernels } from './preset-kernels.js';

const page = 65_536;
const stored = { prediction: 'float32', target: 'int32' } as const;

/** Those of several channels, and those of one. */
const [several, single] = [presetKernels(true), presetKernels(false)];

/** Bytes of linear memory beside tensors in place, and beside tensors elsewhere: whole pages. */
function bytesOf(
  fused: Fused,
  layout: Layout,
  sizes: { readonly samples: number; readonly channels: number; readonly voxels: number },
): { readonly inPlace: number; readonly outside: number } {
  const { channels } = sizes;
  const memory: WasmMemory = new WebAssembly.Memory({ initial: 1 });
  let asked = 0;
  const memories = (bytes: number): WasmMemory => {
    asked = Math.max(asked, Math.ceil(bytes / page) * page);
    return memory;
  };
  const written = { data: [], channels, kind: 'float32' } as const;
  const sources: readonly Source[] = [
    ...inputTensors(fused.program, channels).map((input) => ({ ...input, data: [] })),
    ...(fused.program.pullback === undefined ? [] : [gradientName, carriedName]).map((name) => ({
      ...written,
      name,
    })),
  ];
  copied(fused, memories, layout, sizes, sources, true);
  const both = [false, true].map((carries) =>
    fused.scratchBytes({ ...sizes, layout, stored, memory, carries }),
  );
  return { inPlace: Math.max(...both), outside: asked };
}

describe('memory beside prediction, target and gradient', () => {
  it('is asked of the presets that have kernels', () => {
    // All but those that look at neighbours or rank voxels; many need several classes.
    expect(several.length).toBeGreaterThan(20);
    expect(single.length).toBeGreaterThan(10);
    expect(metricKernels(true).length).toBe(4);
    expect(metricKernels(false).length).toBe(1);
  });

  it.each([
    [8, 4, 256 ** 2, 'channelsFirst'],
    [1, 14, 96 ** 3, 'channelsLast'],
    [16, 1, 256 ** 2, 'channelsFirst'],
    [1, 300, 128 ** 2, 'channelsLast'],
    [1, 1000, 32 ** 2, 'channelsFirst'],
  ] as const)('is at most a tenth of (%d, %d, %d), %s, for presets and scores', (...shape) => {
    const [samples, channels, voxels, layout] = shape;
    const sizes = { samples, channels, voxels };
    const prediction = 4 * samples * channels * voxels;
    const losses = channels > 1 ? several : single;
    const found = [...losses, ...metricKernels(channels > 1)].map(({ slug, fused }) => {
      const { inPlace, outside } = bytesOf(fused, layout, sizes);
      return { slug, inPlace: inPlace / prediction, outside: outside / prediction };
    });
    expect(found.filter(({ inPlace }) => inPlace > 0.04)).toEqual([]);
    expect(found.filter(({ outside }) => outside > 0.1)).toEqual([]);
    const worst = (of: readonly number[]): string => Math.max(...of).toFixed(4);
    console.log(
      `(${shape}): ${worst(found.map(({ inPlace }) => inPlace))} of the prediction in place,`,
      `${worst(found.map(({ outside }) => outside))} for arrays`,
    );
  });

  it.each([
    [1, 4],
    [1, 1],
  ] as const)(
    'in place is at most a tenth of (%d, %d, 32²), for presets and scores',
    (...shape) => {
      // Outside of linear memory this is less than a page, of which there is one at least.
      const [samples, channels] = shape;
      const sizes = { samples, channels, voxels: 32 ** 2 };
      const losses = channels > 1 ? several : single;
      const found = [...losses, ...metricKernels(channels > 1)].map(({ slug, fused }) => {
        const { inPlace } = bytesOf(fused, 'channelsLast', sizes);
        return { slug, inPlace: inPlace / (4 * samples * channels * 32 ** 2) };
      });
      expect(found.filter(({ inPlace }) => inPlace > 0.1)).toEqual([]);
    },
  );
});
