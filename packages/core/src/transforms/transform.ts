import type { Builder } from '../expression/builder.js';
import type { Node } from '../expression/node.js';
import type { TermOf } from '../spec/loss.js';
import { complement } from './complement.js';
import { logarithm } from './log.js';
import { logCosh } from './log-cosh.js';
import { negative } from './negative.js';
import { penalty } from './penalty.js';
import { powerComplement } from './power-complement.js';

type TransformSpec = TermOf<'overlap'>['transform'];

/** A loss from a score. */
export type Transform<K extends TransformSpec['kind']> = (
  b: Builder,
  score: Node,
  transform: Extract<TransformSpec, { readonly kind: K }>,
) => Node;

const table: { readonly [K in TransformSpec['kind']]: Transform<K> } = {
  complement,
  negative,
  log: logarithm,
  'log-cosh': logCosh,
  'power-complement': powerComplement,
  penalty,
};

/** The loss of a score by any transform. */
export const transformed: Transform<TransformSpec['kind']> = (b, score, transform) =>
  (table[transform.kind] as Transform<TransformSpec['kind']>)(b, score, transform);
