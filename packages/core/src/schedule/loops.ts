import { inOrder, type Node, type Op } from '../expression/node.js';
import type { Extent } from './extent.js';

/** One pass over a block of voxels and over the channels or classes of each. */
export interface Loop {
  readonly kind: 'loop';
  readonly extent: Extent;
  /** Values that later loops read from scratch memory. */
  readonly keeps: readonly Node[];
  /** Sums and maxima over the channels or classes of each voxel, known when the loop ends. */
  readonly reduces: readonly Reduction[];
  /** Voxel sums to which it adds, by name. */
  readonly sums: readonly string[];
  /** Whether it writes the gradient. */
  readonly gradient: boolean;
}

/** Channels to classes or back, by a sparse matrix, between loops. */
export interface Mix {
  readonly kind: 'mix';
  readonly node: Mixing;
}

export type Reduction = Extract<Node, { readonly op: 'sum' | 'peak' }>;
export type Mixing = Extract<Node, { readonly op: 'toClass' | 'toChannel' }>;

/** What the loops are for. */
export interface Wanted {
  readonly sums: readonly { readonly name: string; readonly node: Node }[];
  readonly gradient?: Node | undefined;
}

/** Operations beyond which a value is kept in scratch memory rather than computed again. */
const cheap = 4;

/** Ops that take many times as long as an addition. */
export const expensive: ReadonlySet<Op> = new Set<Op>([
  'exp',
  'log',
  'pow',
  'sigmoid',
  'softplus',
  'div',
  'softmax',
  'logSoftmax',
]);

/** Whether a node reduces the channels or classes of each voxel. */
export function reducesClasses(node: Node): node is Reduction {
  return (node.op === 'sum' || node.op === 'peak') && hasVoxels(node);
}

/** Whether a node mixes channels: all of them must be known. The map of all is no mixture. */
export function mixes(node: Node): node is Mixing {
  return (node.op === 'toClass' || node.op === 'toChannel') && node.map.kind !== 'all';
}

/** Whether a node has a value per voxel. */
export function hasVoxels(node: Node): boolean {
  return node.axes.includes('voxel');
}

/**
 * Divides the voxel expressions of a sweep into loops over blocks of voxels: a loop ends where
 * something needs all channels of a voxel.
 */
export function loopsOf(
  { sums, gradient }: Wanted,
  extentOf: (node: Node) => Extent,
): readonly (Loop | Mix)[] {
  const roots = [...sums.map(({ node }) => node), ...(gradient === undefined ? [] : [gradient])];
  const nodes = inOrder(roots).filter(hasVoxels);
  const levels = levelsOf(nodes);
  const levelOf = (node: Node): number => levels.get(node) ?? 0;
  const keyOf = (node: Node): string => `${levelOf(node)} ${extentOf(node)}`;
  const kept = keptOf(nodes, keyOf);
  const places = new Map(
    nodes.map((node) => [keyOf(node), { level: levelOf(node), extent: extentOf(node) }]),
  );
  const loops = [...places].map(([key, { level, extent }]) => {
    const here = (node: Node): boolean => keyOf(node) === key;
    const loop: Loop = {
      kind: 'loop',
      extent,
      keeps: nodes.filter((node) => kept.has(node) && here(node)),
      reduces: nodes.filter(reducesClasses).filter(({ args }) => here(args[0])),
      sums: sums.filter(({ node }) => here(node)).map(({ name }) => name),
      gradient: gradient !== undefined && here(gradient),
    };
    // What is read comes first: one value per voxel by all, constants per class by channels.
    return { step: loop, level, turn: extent === 'one' ? 0 : typeof extent === 'number' ? 1 : 2 };
  });
  const matrices = nodes.filter(mixes).map((node) => ({
    step: { kind: 'mix', node } satisfies Mix,
    level: levelOf(node) - 1,
    turn: 3,
  }));
  return [...loops.filter(({ step }) => hasWork(step)), ...matrices]
    .toSorted((a, b) => a.level - b.level || a.turn - b.turn)
    .map(({ step }) => step);
}

function hasWork({ keeps, reduces, sums, gradient }: Loop): boolean {
  return gradient || keeps.length + reduces.length + sums.length > 0;
}

/** How many times all channels of a voxel must have been seen before a node can be computed. */
function levelsOf(nodes: readonly Node[]): ReadonlyMap<Node, number> {
  const levels = new Map<Node, number>();
  for (const node of nodes) {
    const after = Math.max(0, ...node.args.map((arg) => levels.get(arg) ?? 0));
    levels.set(node, reducesClasses(node) || mixes(node) ? after + 1 : after);
  }
  return levels;
}

/** The nodes that another loop reads and that are worth keeping; what a matrix mixes always is. */
function keptOf(nodes: readonly Node[], keyOf: (node: Node) => string): ReadonlySet<Node> {
  const readElsewhere = new Set<Node>();
  for (const node of nodes) {
    const own = reducesClasses(node) || mixes(node);
    for (const arg of node.args) {
      if (hasVoxels(arg) && !own && keyOf(arg) !== keyOf(node)) readElsewhere.add(arg);
    }
  }
  const mixed = new Set<Node>(nodes.filter(mixes).map(({ args }) => args[0]));
  const kept = new Set<Node>();
  const costs = new Map<Node, number>();
  for (const node of nodes) {
    const ready = reducesClasses(node) || mixes(node) || node.op === 'input';
    const cost = ready
      ? 1
      : node.args.reduce(
          (sum, arg) => sum + (arg.op === 'const' ? 0 : (costs.get(arg) ?? 1)),
          expensive.has(node.op) ? 1 + cheap : 1,
        );
    const keep = mixed.has(node) ? !mixes(node) : !ready && readElsewhere.has(node) && cost > cheap;
    if (keep) kept.add(node);
    costs.set(node, keep ? 1 : cost);
  }
  return kept;
}
