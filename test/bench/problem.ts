import { dice, type LossSpec } from '@softdice/core';

/** What a loss is measured on: the loss and the gradient of a Dice loss of labels. */
export interface Problem {
  readonly samples: number;
  readonly channels: number;
  readonly spatial: readonly number[];
  readonly voxels: number;
  /** Softmax of labels; sigmoid of a binary target where there is one channel. */
  readonly spec: LossSpec;
  /** Logits, `[N, C, ...spatial]`. */
  readonly first: Float32Array;
  /** The same logits, `[N, ...spatial, C]`. */
  readonly last: Float32Array;
  /** `[N, ...spatial]`. */
  readonly labels: Int32Array;
}

/** Seeded inputs of a shape. */
export function problemOf(samples: number, spatial: readonly number[], channels: number): Problem {
  const voxels = spatial.reduce((product, size) => product * size, 1);
  const random = stream(20_261);
  const first = new Float32Array(samples * channels * voxels);
  for (let at = 0; at < first.length; at++) first[at] = 6 * random() - 3;
  const last = new Float32Array(first.length);
  for (let sample = 0; sample < samples; sample++) {
    for (let channel = 0; channel < channels; channel++) {
      const from = (sample * channels + channel) * voxels;
      const to = sample * channels * voxels + channel;
      for (let voxel = 0; voxel < voxels; voxel++) {
        last[to + voxel * channels] = first[from + voxel] ?? 0;
      }
    }
  }
  const kinds = Math.max(2, channels);
  const labels = new Int32Array(samples * voxels);
  for (let at = 0; at < labels.length; at++) labels[at] = Math.floor(kinds * random());
  const spec =
    channels === 1
      ? dice({ target: 'binary', activation: 'sigmoid' })
      : dice({ target: 'labels', activation: 'softmax' });
  return { samples, channels, spatial, voxels, spec, first, last, labels };
}

/** The shape in words, channels last as it is usually written. */
export function shapeText({ samples, spatial, channels }: Problem): string {
  const [size] = spatial;
  const cube = spatial.every((other) => other === size);
  const power = spatial.length === 2 ? '²' : '³';
  return `(${samples}, ${cube ? `${size}${power}` : spatial.join('×')}, ${channels})`;
}

/** Random numbers in [0, 1) from a seed. */
function stream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
