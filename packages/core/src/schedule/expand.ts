import { execute } from '../execute/execute.js';
import type { Builder } from '../expression/builder.js';
import type { Axis, Node, OpTable } from '../expression/node.js';
import { rebuildTableIn } from '../expression/rebuild.js';
import { source } from '../expression/source.js';

/**
 * Rebuilds expressions for sweeps: softmax, logSoftmax and argmax by their parts, sums over voxels apart
 * from sums over other axes, and sizes asked of what has no voxels.
 */
export function expanded(b: Builder, roots: readonly Node[]): readonly Node[] {
  /**
   * How far a channel is from an end beyond all of them: more than 0, and the most for the first one. As a
   * float32 it is exact, also of -1, which stands for no channel.
   */
  const fromEnd = (channel: Node): Node => b.sub(b.integer(2 ** 23), channel);
  const table: OpTable<Node> = {
    ...rebuildTableIn(b),
    count: (node, [like]) => b.count(sized(b, like, node.axis), node.axis),
    index: (node, [like]) => b.index(sized(b, like, node.axis), node.axis),
    softmax: (_, [x]) => {
      const { raised, total } = softmaxParts(b, x);
      return b.mul(raised, b.div(b.real(1), total));
    },
    logSoftmax: (_, [x]) => {
      const { depth, total } = softmaxParts(b, x);
      return b.sub(depth, b.log(total));
    },
    // The first of the largest channels is the furthest from the end of those that equal the maximum. How
    // far that is stands for it: a real number, which the builder lets no integer be compared with.
    argmax: (_, [x]) => {
      const largest = b.equal(x, b.peak(x, ['channel']));
      return b.peak(b.mul(largest, fromEnd(b.index(x, 'channel'))), ['channel']);
    },
    equal: ({ args: [left] }, [x, y]) => b.equal(x, left.op === 'argmax' ? fromEnd(y) : y),
    sum: (node, [x]) => {
      const others = node.over.filter((axis) => axis !== 'voxel');
      return others.length === node.over.length
        ? b.sum(x, node.over)
        : b.sum(b.sum(x, ['voxel']), others);
    },
  };
  return execute(table, roots, () => undefined);
}

function softmaxParts(
  b: Builder,
  x: Node,
): { readonly depth: Node; readonly raised: Node; readonly total: Node } {
  const depth = b.sub(x, b.peak(x, ['channel']));
  const raised = b.exp(depth);
  return { depth, raised, total: b.sum(raised, ['channel']) };
}

/** Something as large along the axis, of which no voxel has to be known. */
function sized(b: Builder, like: Node, axis: Axis): Node {
  const nearest = source(like, axis);
  if (nearest.op !== 'toClass' || !nearest.axes.includes('voxel')) return nearest;
  return b.toClass(b.ones(nearest.args[0], 'channel'), nearest.map);
}
