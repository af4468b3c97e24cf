import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dice, type LossSpec, topK } from '@softdice/onnx';
import { evaluate } from '@softdice/reference';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Progress, tiledLoss } from '../../docs/examples/tiles/tiled-loss.js';
import { openVolume, type Volume, writeVolume } from '../../docs/examples/tiles/volume-file.js';

const shape = [10, 12, 9, 3] as const;
const [depth, height, width, channels] = shape;
const voxels = depth * height * width;
const folder = mkdtempSync(join(tmpdir(), 'softdice-tiles-'));

beforeAll(() => writeVolume(folder, shape));
afterAll(() => rmSync(folder, { recursive: true }));

/** The volume as a whole, channels first, in the reference. */
function whole(spec: LossSpec): ReturnType<typeof evaluate> {
  const logits = floats('logits.f32');
  const labels = readFileSync(join(folder, 'labels.u8'));
  return evaluate(spec, {
    prediction: {
      shape: [1, channels, depth, height, width],
      data: Array.from({ length: channels * voxels }, (_, at) => {
        const [channel, voxel] = [Math.floor(at / voxels), at % voxels];
        return logits[voxel * channels + channel] ?? Number.NaN;
      }),
    },
    target: { shape: [1, depth, height, width], data: labels },
  });
}

function floats(file: string): Float32Array {
  const { buffer, byteOffset, byteLength } = readFileSync(join(folder, file));
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

describe('a volume tile by tile', () => {
  const spec = dice({ target: 'labels', activation: 'softmax' });

  it.each([4, 1, 10, 64])(
    'of %i slices has the loss, scores and gradient of the whole',
    async (slices) => {
      const volume = await openVolume(folder);
      const { loss, scores } = await tiledLoss(volume, spec, { depth: slices });
      await volume.close();
      const expected = whole(spec);
      expect(Math.abs(loss - (expected.loss.data[0] ?? Number.NaN))).toBeLessThan(1e-6);
      expect(scores.length).toBe(channels);
      scores.forEach((score, at) => {
        expect(Math.abs(score - (expected.scores.data[at] ?? Number.NaN))).toBeLessThan(1e-6);
      });
      const gradient = floats('gradient.f32');
      const largest = Math.max(...Array.from(expected.gradient.data, Math.abs));
      const off = Array.from(expected.gradient.data, (wanted, at) => {
        const [channel, voxel] = [Math.floor(at / voxels), at % voxels];
        return Math.abs((gradient[voxel * channels + channel] ?? Number.NaN) - wanted) / largest;
      });
      expect(gradient.length).toBe(off.length);
      expect(Math.max(...off)).toBeLessThan(1e-5);
    },
  );

  it('keeps no more than one tile, and tells how far it is', async () => {
    const volume = await openVolume(folder);
    const buffers = new Set<ArrayBufferLike>();
    const sizes: number[] = [];
    const watched: Volume = {
      ...volume,
      read: (from, logits, labels) => {
        for (const { buffer } of [logits, labels]) buffers.add(buffer);
        sizes.push(logits.length);
        return volume.read(from, logits, labels);
      },
      writeGradient: (from, gradient) => {
        buffers.add(gradient.buffer);
        return volume.writeGradient(from, gradient);
      },
    };
    const told: Progress[] = [];
    await tiledLoss(watched, spec, { depth: 4, onProgress: (progress) => told.push(progress) });
    await volume.close();
    const slice = height * width * channels;
    expect(sizes).toEqual([4, 4, 2, 4, 4, 2].map((slices) => slices * slice));
    const bytes = [...buffers].map(({ byteLength }) => byteLength);
    expect(bytes).toEqual([4 * 4 * slice, (4 * slice) / channels, 4 * 4 * slice]);
    expect(told.map(({ pass, tiles, of }) => `${pass} ${tiles}/${of}`)).toEqual(
      ['statistics', 'gradient'].flatMap((pass) => [1, 2, 3].map((tile) => `${pass} ${tile}/3`)),
    );
  });

  it('is refused where the loss needs the whole', async () => {
    const volume = await openVolume(folder);
    const hardest = topK({ target: 'labels', activation: 'softmax', percent: 10 });
    await expect(tiledLoss(volume, hardest, { depth: 4 })).rejects.toThrow(/\(E4\)/);
    await volume.close();
  });
});
