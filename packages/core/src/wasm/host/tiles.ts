import type { Layout } from '../../plan/layout.js';
import { carriedName } from '../../schedule/carried.js';
import { gradientName } from '../sweep/memory-map.js';
import type { Stored } from '../sweep/place.js';
import { largestBlock } from './block-size.js';
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
 * Voxels of a tile: whole blocks that stay in a cache until the sweep reads them. Tiles of tensors with
 * channels are at most a 32nd of the prediction together; what fills a page of linear memory costs nothing.
 */
function tileVoxels(sources: readonly Source[], { samples, channels, voxels }: Sizes): number {
  const wide = apart(sources).filter((source) => source.channels === channels);
  const most = (samples * voxels) / (32 * wide.length);
  const block = largestBlock((size) => size <= most);
  const length = Math.min(2 ** 15 / channels, Math.max(2 ** 12 / channels, most));
  return Math.min(voxels, Math.ceil(length / block) * block);
}

/** Bytes that tiles of the tensors need. */
export function tileBytes(sources: readonly Source[], sizes: Sizes): number {
  return bytesOf(apart(sources), tileVoxels(sources, sizes));
}

function bytesOf(sources: readonly Source[], length: number): number {
  return sources.reduce((sum, { channels }) => sum + 4 * channels * length, 0);
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
  const length = tileVoxels(sources, sizes);
  const owners = apart(sources);
  const buffered = sources.map((source): Buffered => {
    const owner = source.name === carriedName ? gradientName : source.name;
    const at = owners.findIndex(({ name }) => name === owner);
    return { ...source, address: first + bytesOf(owners.slice(0, at), length) };
  });
  return (sample, names, use) => {
    const wanted = buffered.filter(({ name }) => names.includes(name));
    for (let start = 0; start < sizes.voxels; start += length) {
      const voxels = Math.min(length, sizes.voxels - start);
      const part = { layout, sizes, sample, start, voxels, buffer };
      for (const source of wanted) {
        if (source.name !== gradientName) copy(source, part, 'toTile');
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
        if (source.name === gradientName) copy(source, part, 'fromTile');
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

/** Copies a part of a tensor to its tile or back: runs that lie side by side in both. */
function copy(source: Buffered, part: Part, direction: 'toTile' | 'fromTile'): void {
  const { data, channels, kind, address } = source;
  const { layout, sizes, sample, start, voxels, buffer } = part;
  const tile = words(kind, buffer, address, channels * voxels);
  const [runs, size, before] =
    layout === 'channelsFirst'
      ? [channels, voxels, start]
      : [1, voxels * channels, start * channels];
  const first = sample * channels * sizes.voxels + before;
  for (let run = 0; run < runs; run++) {
    const inTensor = first + run * sizes.voxels;
    if (direction === 'toTile') copyRun(data, inTensor, tile, run * size, size);
    else copyRun(tile, run * size, data as Float32Array, inTensor, size);
  }
}

/** Copies numbers that lie side by side; a few one by one, since a view of them takes longer. */
function copyRun(
  from: ArrayLike<number>,
  at: number,
  to: Float32Array | Int32Array,
  place: number,
  size: number,
): void {
  if (size > 32 && ArrayBuffer.isView(from)) {
    to.set((from as Float32Array).subarray(at, at + size), place);
  } else {
    for (let next = 0; next < size; next++) to[place + next] = from[at + next] ?? 0;
  }
}
