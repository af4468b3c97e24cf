import { inOrder, type Node } from '../../expression/node.js';
import { extentSize } from '../../schedule/extent.js';
import { hasVoxels, mixes, reducesClasses } from '../../schedule/loops.js';
import type { Sweep } from '../../schedule/schedule.js';
import { factorsOf } from './matrix.js';

/** Where a sweep keeps what in its scratch memory, in bytes from its start. */
export interface MemoryMap {
  /** Bytes of one value per voxel of a whole block. */
  readonly planeBytes: number;
  /** Operands: one 32-bit number per sample, channel or class. */
  readonly operands: ReadonlyMap<string, number>;
  /** Voxel sums: two float64, to be added, per channel or class. */
  readonly sums: ReadonlyMap<string, number>;
  /** Values per voxel of the block: kept ones, reductions and mixtures. */
  readonly planes: ReadonlyMap<Node, number>;
  /** The factors of matrices, by what they make. */
  readonly matrices: ReadonlyMap<Node, Matrix>;
  /** Voxels of the inputs, and of the gradient, that do not lie as the loops read them. */
  readonly staged: ReadonlyMap<string, number>;
  readonly size: number;
}

/** Where factors, float32, lie. */
export interface Matrix {
  readonly at: number;
  readonly factors: Float32Array;
}

/** The name under which the gradient is staged. */
export const gradientName = 'gradient';

/** The tensors with voxels that a sweep reads. */
export function tensorsOf({ sums, gradient }: Sweep): readonly (Node & { readonly op: 'input' })[] {
  const roots = [...sums.map(({ node }) => node), ...(gradient === undefined ? [] : [gradient])];
  return inOrder(roots).flatMap((node) => (node.op === 'input' && hasVoxels(node) ? [node] : []));
}

/** Lays out the scratch memory of a sweep for blocks of so many voxels, a multiple of 4. */
export function memoryMap(sweep: Sweep, channels: number, block: number): MemoryMap {
  const planeBytes = 4 * block;
  let size = 0;
  const reserve = (bytes: number): number => {
    const at = size;
    size += Math.ceil(bytes / 16) * 16;
    return at;
  };
  const sizeOf = (node: Node): number => extentSize(sweep.extentOf(node), channels);
  const operands = new Map(
    sweep.operands.map(({ name, extent }) => [name, reserve(4 * extentSize(extent, channels))]),
  );
  const sums = new Map(
    sweep.sums.map(({ name, extent }) => [name, reserve(16 * extentSize(extent, channels))]),
  );
  const staged = new Map(
    tensorsOf(sweep).map((node) => [node.name, reserve(planeBytes * sizeOf(node))]),
  );
  if (sweep.gradient) staged.set(gradientName, reserve(planeBytes * channels));
  const roots = [
    ...sweep.sums.map(({ node }) => node),
    ...(sweep.gradient ? [sweep.gradient] : []),
  ];
  const kept = new Set(sweep.steps.flatMap((step) => (step.kind === 'loop' ? step.keeps : [])));
  const planes = new Map(
    inOrder(roots)
      .filter((node) => kept.has(node) || reducesClasses(node) || mixes(node))
      .map((node) => [node, reserve(planeBytes * sizeOf(node))]),
  );
  const matrices = new Map<Node, Matrix>();
  for (const step of sweep.steps) {
    // Other maps add up channels.
    if (step.kind !== 'mix' || step.node.map.kind !== 'matrix') continue;
    const factors = factorsOf(step.node, channels);
    matrices.set(step.node, { at: reserve(4 * factors.length), factors });
  }
  return { planeBytes, operands, sums, planes, matrices, staged, size };
}

/** Where something lies, as the map says. */
export function placed<K>(places: ReadonlyMap<K, number>, key: K): number {
  const at = places.get(key);
  if (at === undefined) throw new TypeError('it has no place in memory');
  return at;
}
