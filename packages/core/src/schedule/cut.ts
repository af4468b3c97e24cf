import type { Builder } from '../expression/builder.js';
import { applyOp, type Node } from '../expression/node.js';
import { rebuildTable } from '../expression/rebuild.js';
import { hasVoxels } from './loops.js';

/** The parts that a program falls into where values with voxels meet values without. */
export interface Cut {
  /** What has no voxels, over inputs that stand for voxel sums. */
  readonly grid: (node: Node) => Node;
  /** What has voxels, over inputs that stand for what has none; `reads` is told of each. */
  readonly voxels: (node: Node, reads: (operand: Node, cut: Node) => void) => Node;
}

/**
 * Cuts expressions at voxel sums and at the values without voxels that voxels read.
 *
 * @param sumName - The input that stands for a voxel sum; undefined for any other node.
 */
export function cutBy(b: Builder, sumName: (node: Node) => string | undefined): Cut {
  const table = rebuildTable(b);
  const grids = new Map<Node, Node>();
  const grid = (node: Node): Node => {
    const name = sumName(node);
    if (name !== undefined) return b.input(name, node.axes);
    const done = grids.get(node);
    if (done !== undefined) return done;
    // Of an input with voxels only its sizes are asked for.
    const leaf = node.args.length === 0;
    const made = leaf ? node : applyOp(table, node, node.args.map(grid));
    grids.set(node, made);
    return made;
  };
  const names = new Map<Node, string>();
  const operand = (node: Node): Node => {
    const name = names.get(node) ?? `operand:${names.size}`;
    names.set(node, name);
    return b.input(name, node.axes, node.type);
  };
  const voxels: Cut['voxels'] = (root, reads) => {
    const done = new Map<Node, Node>();
    const visit = (node: Node): Node => {
      const known = done.get(node);
      if (known !== undefined) return known;
      const made = visited(node);
      done.set(node, made);
      return made;
    };
    const visited = (node: Node): Node => {
      if (node.op === 'const' || (node.op === 'input' && hasVoxels(node))) return node;
      if (hasVoxels(node)) return applyOp(table, node, node.args.map(visit));
      const made = operand(node);
      reads(node, made);
      return made;
    };
    return visit(root);
  };
  return { grid, voxels };
}
