import { execute } from '../execute/execute.js';
import { type Builder, builder } from '../expression/builder.js';
import { applyOp, inOrder, type Node } from '../expression/node.js';
import { rebuildTable, rebuildTableIn } from '../expression/rebuild.js';
import { valuesRead } from '../expression/values-read.js';
import type { Program } from '../program/program.js';
import { expensive, hasVoxels, loopsOf, reducesClasses } from './loops.js';
import type { Sweep } from './schedule.js';

/** The input that stands for what the forward sweep carried to the backward one. */
export const carriedName = 'carried';

/** A forward sweep that leaves a value of every voxel and channel to the backward one. */
export interface Carrying {
  /** What it calls its gradient is the value. */
  readonly forward: Sweep;
  /** Reads the input {@link carriedName}, each voxel before its gradient is written. */
  readonly backward: Sweep;
}

/**
 * Lets the first of two sweeps leave the activation where the gradient will be written, so that the
 * second need not compute it again; undefined where that saves nothing.
 */
export function carrying(b: Builder, forward: Sweep, backward: Sweep): Carrying | undefined {
  const { gradient, extentOf, sums } = backward;
  if (gradient === undefined || sums.length > 0) return undefined;
  const value = worthwhile(
    forward.sums.map(({ node }) => node),
    gradient,
  );
  if (value === undefined) return undefined;
  const written = replaced(b, gradient, value, b.input(carriedName, value.axes));
  return {
    forward: {
      ...forward,
      gradient: value,
      steps: loopsOf({ sums: forward.sums, gradient: value }, extentOf),
    },
    backward: {
      ...backward,
      gradient: written,
      steps: loopsOf({ sums: [], gradient: written }, extentOf),
    },
  };
}

/** The voxel passes of a program of which the first leaves the second a value of every voxel and channel. */
export interface Carried extends Pick<Program, 'statistics' | 'pullback'> {
  /** What the statistics need as well. */
  readonly value: Node;
}

/**
 * Lets the pullback of a program read an activation, as the input {@link carriedName}, that its statistics
 * need as well; undefined where that saves nothing.
 */
export function carriedOf({ statistics, pullback }: Program): Carried | undefined {
  const b = builder();
  const wanted = [pullback, ...statistics.map(({ node }) => node)];
  const [gradient, ...sums] = execute(rebuildTableIn(b), wanted, () => undefined);
  if (gradient === undefined) throw new TypeError('a program has a gradient');
  const value = worthwhile(sums, gradient);
  if (value === undefined) return undefined;
  return {
    value,
    statistics: statistics.map(({ name, node }, at) => ({ name, node: sums[at] ?? node })),
    pullback: replaced(b, gradient, value, b.input(carriedName, value.axes)),
  };
}

/** The value that both compute and that spares the second one most. */
function worthwhile(sums: readonly Node[], gradient: Node): Node | undefined {
  const known = new Set(inOrder(sums));
  const whole = effort(gradient, undefined);
  const saved = inOrder([gradient])
    .filter((node) => known.has(node) && hasVoxels(node) && node.axes.includes('channel'))
    .filter(({ op, type }) => op !== 'input' && type === 'real')
    .map((node) => ({ node, saving: whole - effort(gradient, node) }))
    .filter(({ saving }) => saving >= effortOfExpensive);
  const most = Math.max(...saved.map(({ saving }) => saving));
  return saved.findLast(({ saving }) => saving === most)?.node;
}

const effortOfExpensive = 10;

/** What it takes to compute a node where another one is known. */
function effort(root: Node, given: Node | undefined): number {
  const seen = new Set<Node>();
  let sum = 0;
  const visit = (node: Node): void => {
    if (seen.has(node) || node === given || !hasVoxels(node)) return;
    seen.add(node);
    sum += expensive.has(node.op) ? effortOfExpensive : reducesClasses(node) ? 3 : 1;
    for (const arg of valuesRead(node)) visit(arg);
  };
  visit(root);
  return sum;
}

function replaced(b: Builder, root: Node, from: Node, to: Node): Node {
  const table = rebuildTable(b);
  const done = new Map<Node, Node>([[from, to]]);
  const visit = (node: Node): Node => {
    const known = done.get(node);
    if (known !== undefined) return known;
    const made = node.args.length === 0 ? node : applyOp(table, node, node.args.map(visit));
    done.set(node, made);
    return made;
  };
  return visit(root);
}
