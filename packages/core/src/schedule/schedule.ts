import { builder } from '../expression/builder.js';
import { inOrder, type Node, type NodeOf } from '../expression/node.js';
import { coefficientInput, type Named, type VoxelProgram } from '../program/program.js';
import { type Carrying, carrying } from './carried.js';
import { cutBy } from './cut.js';
import { expanded } from './expand.js';
import { type Extent, extents } from './extent.js';
import { unfusable } from './fusable.js';
import { type Loop, loopsOf, type Mix } from './loops.js';
import { isVoxelSum, sweepCount, times } from './times.js';

/** A value without voxels that a sweep reads: one per sample, channel or class. */
export interface Operand {
  /** The name of the input that stands for it in the sweep. */
  readonly name: string;
  /** What it is, over sums of earlier sweeps, coefficients and the sizes of the inputs. */
  readonly node: Node;
  readonly extent: Extent;
}

/** A voxel sum of each sample, per channel or class. */
export interface VoxelSum {
  /** The name of the input that stands for it afterwards. */
  readonly name: string;
  /** What is summed. */
  readonly node: Node;
  readonly extent: Extent;
}

/** One pass over the voxels. */
export interface Sweep {
  readonly operands: readonly Operand[];
  readonly steps: readonly (Loop | Mix)[];
  readonly sums: readonly VoxelSum[];
  /** The gradient, where this pass writes it. */
  readonly gradient?: Node | undefined;
  readonly extentOf: (node: Node) => Extent;
}

/**
 * A program as passes over the voxels, in any order of the voxels, with a few numbers in between.
 *
 * ```
 * inputs ─ forward ─→ sums ─→ statistics ─ head ─→ coefficients
 * inputs, sums, coefficients ─ backward ─→ gradient
 * ```
 */
export interface Schedule {
  readonly forward: readonly Sweep[];
  /** The statistics of the program over the sums. */
  readonly statistics: readonly Named[];
  /** None where the program has no gradient. */
  readonly backward: readonly Sweep[];
  /** The same in two sweeps of which the first leaves more than sums to the second; if it saves time. */
  readonly carrying?: Carrying | undefined;
}

/** Why a program has no schedule. */
export interface Unscheduled {
  readonly reason: string;
}

/** Makes the schedule of a program, for any number of channels and any layout. */
export function scheduleOf({
  statistics: summed,
  pullback,
}: Pick<VoxelProgram, 'statistics' | 'pullback'>): Schedule | Unscheduled {
  const sums = summed.map(({ node }) => node);
  const wanted = pullback === undefined ? sums : [...sums, pullback];
  for (const node of inOrder(wanted)) {
    const reason = unfusable(node);
    if (reason !== undefined) return { reason: `its '${node.op}' cannot be swept: ${reason}` };
  }
  const b = builder();
  const made = expanded(b, wanted);
  const statistics = made.slice(0, sums.length);
  const gradient = made[sums.length];
  const given = new Map<string, Extent>();
  const extentOf = extents(given);
  const sumNames = new Map<Node, string>();
  const { grid, voxels } = cutBy(b, (node) => sumNames.get(node));

  const sweepAt = (
    at: number,
    found: ReadonlyMap<Node, number>,
    added: readonly NodeOf<'sum'>[],
    root?: Node,
  ): Sweep => {
    const operands = new Map<string, Operand>();
    const inSweep = (node: Node): Node =>
      voxels(node, (read, made) => {
        if (made.op !== 'input') return;
        const extent = extentOf(read);
        given.set(made.name, extent);
        operands.set(made.name, { name: made.name, node: grid(read), extent });
      });
    const sums = added
      .filter((node) => found.get(node) === at + 1)
      .map((node): VoxelSum => {
        const [arg] = node.args;
        return { name: sumNames.get(node) ?? '', node: inSweep(arg), extent: extentOf(arg) };
      });
    const isLast = root !== undefined && found.get(root) === at;
    const written = isLast ? inSweep(root) : undefined;
    const steps = loopsOf({ sums, gradient: written }, extentOf);
    return { operands: [...operands.values()], steps, sums, gradient: written, extentOf };
  };

  const sweeps = (roots: readonly Node[], written?: Node): readonly Sweep[] => {
    const found = times(roots, (sum) => sumNames.has(sum));
    const added = [...found.keys()].filter(isVoxelSum).filter((sum) => !sumNames.has(sum));
    for (const node of added) {
      const name = `sum:${sumNames.size}`;
      sumNames.set(node, name);
      given.set(name, extentOf(node));
    }
    return Array.from({ length: sweepCount(found) }, (_, at) => sweepAt(at, found, added, written));
  };

  const forward = sweeps(statistics);
  const named = summed.flatMap(({ name }, at) =>
    statistics.slice(at, at + 1).map((node): Named => ({ name, node: grid(node) })),
  );
  for (const { name, node } of named) given.set(coefficientInput(name), extentOf(node));
  const backward = gradient === undefined ? [] : sweeps([gradient], gradient);
  const [first, ...more] = forward;
  const [last, ...others] = backward;
  const isPair = first !== undefined && last !== undefined && more.length + others.length === 0;
  return {
    forward,
    statistics: named,
    backward,
    carrying: isPair ? carrying(b, first, last) : undefined,
  };
}
