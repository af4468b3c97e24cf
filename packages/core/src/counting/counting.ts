import type { Builder } from '../expression/builder.js';
import type { Node } from '../expression/node.js';
import type { Counts } from '../indices/ratio.js';
import type { TermOf } from '../spec/loss.js';

export type Counting = TermOf<'overlap'>['counting'];

/** How a counting makes voxel maps, and what their sums mean. */
export interface Count<K extends Counting['kind']> {
  /** What is summed over the voxels, by symbol. */
  readonly maps: (
    b: Builder,
    p: Node,
    t: Node,
    counting: Extract<Counting, { readonly kind: K }>,
  ) => Readonly<Record<string, Node>>;
  /** The counts of a cell from its sums. */
  readonly counts: (b: Builder, sum: (symbol: string) => Node) => Counts;
}

/** Counts from I, P and T. */
export function fromSums(b: Builder, sum: (symbol: string) => Node): Counts {
  const [intersection, predicted, targeted] = [sum('I'), sum('P'), sum('T')];
  return {
    intersection,
    predicted,
    targeted,
    falsePositives: b.sub(predicted, intersection),
    falseNegatives: b.sub(targeted, intersection),
  };
}
