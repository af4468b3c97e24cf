import type { Builder } from '../expression/builder.js';
import type { Axis, Node } from '../expression/node.js';
import type { PlanTermOf } from '../plan/plan.js';
import type { CompleteMetric } from '../spec/metric.js';
import { share } from './class-weights.js';

/** A grid of losses and how its cells count. */
export interface Grid {
  readonly cells: Node;
  /** A node that has all axes of the grid. */
  readonly like: Node;
  readonly reduction: PlanTermOf<'overlap'>['reduction'] | CompleteMetric['reduction'];
  /** 1 for cells that count in means, 0 for those left out. */
  readonly present?: Node;
  /** Weights of the classes in means over classes; constants, or from the target. */
  readonly weights?: Node;
}

/** The loss from its grid. */
export function reduced(b: Builder, grid: Grid): Node {
  const { cells, like, reduction, present, weights } = grid;
  const one = b.real(1);
  const mean = (x: Node, over: readonly Axis[], counted: Node | undefined): Node => {
    const axes = over.filter((axis) => like.axes.includes(axis));
    const byClass = weights !== undefined && axes.includes('class') ? weights : undefined;
    const weight = byClass === undefined ? counted : b.mul(byClass, counted ?? one);
    // Weights from the target may all be 0, and so small that a quotient by their sum overflows.
    if (byClass !== undefined && weight !== undefined && byClass.op !== 'vector') {
      return b.sum(b.mul(share(b, weight, b.sum(weight, axes, like)), x), axes, like);
    }
    const total = b.sum(weight === undefined ? x : b.mul(weight, x), axes, like);
    const size = b.sum(weight ?? one, axes, like);
    // The sum of a mean over nothing is 0, so any divisor above 0 gives 0.
    return b.div(total, counted === undefined ? size : b.max(size, b.real(1e-30)));
  };
  /** 1 for groups in which anything counts. */
  const anyPresent = (over: Axis): Node | undefined =>
    present && b.less(b.real(0), b.sum(present, [over], like));
  switch (reduction) {
    case 'none':
      return cells;
    case 'sum':
      return b.sum(cells, like.axes, like);
    case 'mean':
      return mean(cells, like.axes, present);
    case 'class-mean':
      return mean(cells, ['class'], present);
    case 'sample-mean':
      return mean(cells, ['sample'], present);
    case 'class-then-sample':
      return mean(mean(cells, ['class'], present), ['sample'], anyPresent('class'));
    case 'sample-then-class':
      return mean(mean(cells, ['sample'], present), ['class'], anyPresent('sample'));
  }
}
