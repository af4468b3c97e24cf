import type { Op } from '../expression/node.js';

/** Stands for an op in a table of what is done at one place. */
export function absent({ op }: { readonly op: Op }): never {
  throw new TypeError(`${op} is no operation on single numbers`);
}

type Leaf = Extract<Op, 'input' | 'vector' | 'count' | 'index'>;
type OfManyPlaces = Extract<
  Op,
  'shift' | 'top' | 'softmax' | 'logSoftmax' | 'sum' | 'peak' | 'argmax'
>;

/** Ops that make no number of others at the same place: what walks through voxels has them otherwise, or not at all. */
export const notPointwise: Readonly<Record<Leaf | OfManyPlaces, typeof absent>> = {
  input: absent,
  vector: absent,
  count: absent,
  index: absent,
  shift: absent,
  top: absent,
  softmax: absent,
  logSoftmax: absent,
  sum: absent,
  peak: absent,
  argmax: absent,
};
