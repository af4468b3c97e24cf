import { inOrder, type Node } from '../expression/node.js';
import { valuesRead } from '../expression/values-read.js';

/**
 * How many passes over the voxels a node needs. A voxel sum is known when the pass over its argument
 * ends, and what is computed per voxel from a known sum needs the next pass. Loss and gradient of
 * most losses need two.
 */
export function sweeps(root: Node): number {
  const finished = new Map<Node, number>();
  for (const node of inOrder([root])) {
    // Sizes and positions are known without reading a voxel.
    const before = Math.max(0, ...valuesRead(node).map((arg) => over(node, arg, finished)));
    const perVoxel = node.axes.includes('voxel');
    const sumsVoxels = node.op === 'sum' && node.over.includes('voxel');
    finished.set(node, perVoxel || sumsVoxels ? before + 1 : before);
  }
  return finished.get(root) ?? 0;
}

/**
 * The passes that must be over before a use of the argument: its own may still run if it has voxels,
 * unless a voxel looks at what another one computed.
 */
function over(node: Node, arg: Node, finished: ReadonlyMap<Node, number>): number {
  const passes = finished.get(arg) ?? 0;
  const elsewhere = node.op === 'top' || (node.op === 'shift' && arg.op !== 'input');
  return arg.axes.includes('voxel') && !elsewhere ? passes - 1 : passes;
}
