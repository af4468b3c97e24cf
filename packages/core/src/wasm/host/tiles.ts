import { carriedName } from '../../schedule/carried.js';
import { gradientName } from '../sweep/memory-map.js';
import type { Stored } from '../sweep/place.js';
import type { Layout } from '../sweep/sweep-module.js';
import { type WasmMemory, words } from './engine.js';
import type { Sizes } from './grid.js';
import type { Location, Tiles } from './run-sweep.js';

/** A tensor outside of linear memory. */
export interface Source {
  readonly name: string;
  readonly data: ArrayLike<number>;
  readonly channels: number;
  readonly kind: 'float32' | 'int32';
}

/** A tensor in linear memory. */
export interface Resident {
  readonly name: string;
  readonly address: number;
  readonly channels: number;
  readonly stored: Stored;
}

/** Tensors that lie in linear memory, each sample at once. */
export function residentTiles(
  residents: readonly Resident[],
  layout: Layout,
  { voxels }: Sizes,
): Tiles {
  return (sample, _, use) => {
    const located = residents.map(({ name, address, channels, stored }): [string, Location] => {
      const bytes = stored === 'uint8' ? 1 : 4;
      const stride = layout === 'channelsFirst' ? bytes * voxels : bytes;
      return [name, { address: address + sample * channels * voxels * bytes, stride }];
    });
    use({ voxels, tensors: Object.fromEntries(located) });
  };
}

/** Where a tensor is copied to and from. */
interface Buffered extends Source {
  readonly address: number;
}

/**
 * Numbers of a tensor in a tile, at most: it stays in a cache until the sweep reads it. A 64th of the
 * prediction is enough where that is less, and what fills a page of linear memory costs nothing.
 */
function tileNumbers({ samples, channels, voxels }: Sizes): number {
  return Math.min(2 ** 15, Math.max(2 ** 12, (samples * channels * voxels) / 64));
}

/** Voxels of a tile. */
export function tileVoxels(sizes: Sizes): number {
  return Math.min(sizes.voxels, Math.ceil(tileNumbers(sizes) / sizes.channels / 64) * 64);
}

/** Bytes that tiles of the tensors need. */
export function tileBytes(sources: readonly Source[], sizes: Sizes): number {
  return apart(sources).reduce((sum, { channels }) => sum + 4 * channels * tileVoxels(sizes), 0);
}

/** Tensors with tiles of their own: what was carried lies where the gradient is written, as in the tensor. */
function apart(sources: readonly Source[]): readonly Source[] {
  return sources.filter(({ name }) => name !== carriedName);
}

/**
 * Tiles of tensors outside, copied to linear memory before they are used; the gradient is copied back.
 *
 * @param first - The address of {@link tileBytes} bytes.
 */
export function copiedTiles(
  sources: readonly Source[],
  layout: Layout,
  sizes: Sizes,
  { buffer }: WasmMemory,
  first: number,
): Tiles {
  const length = tileVoxels(sizes);
  const owners = apart(sources);
  const buffered = sources.map((source): Buffered => {
    const owner = source.name === carriedName ? gradientName : source.name;
    const at = owners.findIndex(({ name }) => name === owner);
    return { ...source, address: first + tileBytes(owners.slice(0, at), sizes) };
  });
  return (sample, names, use) => {
    const wanted = buffered.filter(({ name }) => names.includes(name));
    for (let start = 0; start < sizes.voxels; start += length) {
      const voxels = Math.min(length, sizes.voxels - start);
      const part = { layout, sizes, sample, start, voxels, buffer };
      for (const source of wanted) {
        if (source.name !== gradientName) copyIn(source, part);
      }
      use({
        voxels,
        tensors: Object.fromEntries(
          wanted.map(({ name, address }): readonly [string, Location] => [
            name,
            { address, stride: layout === 'channelsFirst' ? 4 * voxels : 4 },
          ]),
        ),
      });
      for (const source of wanted) {
        if (source.name === gradientName) copyOut(source, part);
      }
    }
  };
}

/** Some voxels of a sample. */
interface Part {
  readonly layout: Layout;
  readonly sizes: Sizes;
  readonly sample: number;
  readonly start: number;
  readonly voxels: number;
  readonly buffer: ArrayBufferLike;
}

function viewOf(
  { kind, address, channels }: Buffered,
  { buffer, voxels }: Part,
): Float32Array | Int32Array {
  return words(kind, buffer, address, channels * voxels);
}

/** Runs of numbers that lie side by side: from where in the tensor, to where in the tile, how many. */
function runs(
  channels: number,
  { layout, sizes, sample, start, voxels }: Part,
): readonly (readonly [from: number, to: number, size: number])[] {
  const origin = sample * channels * sizes.voxels;
  if (layout === 'channelsLast') return [[origin + start * channels, 0, voxels * channels]];
  return Array.from({ length: channels }, (_, channel) => [
    origin + channel * sizes.voxels + start,
    channel * voxels,
    voxels,
  ]);
}

function copyIn(source: Buffered, part: Part): void {
  const view = viewOf(source, part);
  const { data, channels } = source;
  for (const [from, to, size] of runs(channels, part)) {
    if (ArrayBuffer.isView(data)) {
      view.set((data as Float32Array).subarray(from, from + size), to);
    } else {
      for (let at = 0; at < size; at++) view[to + at] = data[from + at] ?? 0;
    }
  }
}

function copyOut(source: Buffered, part: Part): void {
  const view = viewOf(source, part);
  const data = source.data as Float32Array;
  for (const [from, to, size] of runs(source.channels, part)) {
    data.set(view.subarray(to, to + size), from);
  }
}
