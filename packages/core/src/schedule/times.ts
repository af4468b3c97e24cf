import { inOrder, type Node } from '../expression/node.js';
import { valuesRead } from '../expression/values-read.js';
import { hasVoxels } from './loops.js';

/** Whether a node sums over the voxels. */
export function isVoxelSum(node: Node): node is Extract<Node, { readonly op: 'sum' }> {
  return node.op === 'sum' && node.over.includes('voxel');
}

/**
 * The sweep in which each node is computed or, for what has no voxels, the first that may read it: a
 * voxel sum is known when the sweep over its argument ends.
 *
 * @param known - Voxel sums known before the first sweep.
 */
export function times(
  roots: readonly Node[],
  known: (sum: Node) => boolean,
): ReadonlyMap<Node, number> {
  const found = new Map<Node, number>();
  const visit = (node: Node): number => {
    const before = found.get(node);
    if (before !== undefined) return before;
    const isKnown = isVoxelSum(node) && known(node);
    const latest = isKnown ? 0 : Math.max(0, ...valuesRead(node).map(visit));
    const time = isVoxelSum(node) && !isKnown ? latest + 1 : latest;
    found.set(node, time);
    return time;
  };
  for (const root of roots) visit(root);
  // Arguments before uses, which the visit's order is not where values are not read.
  return new Map(
    inOrder(roots).flatMap((node) => {
      const time = found.get(node);
      return time === undefined ? [] : [[node, time] as const];
    }),
  );
}

/** The last sweep that the nodes need, counted from 1; 0 where they need none. */
export function sweepCount(times: ReadonlyMap<Node, number>): number {
  return Math.max(0, ...[...times].map(([node, time]) => (hasVoxels(node) ? time + 1 : 0)));
}
