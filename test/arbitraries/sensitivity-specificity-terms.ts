import { lossSchema } from '@softdice/core';
import fc from 'fast-check';
import { drawnFields } from './drawn-fields.js';
import { type Numbers, usual } from './from-schema.js';
import { scoredClasses } from './scored-classes.js';

const { fields } = lossSchema.fields.terms.items.variants['sensitivity-specificity'];

/** Sensitivity-specificity terms; at a ratio of 0 or 1 one half of the voxels has no gradient. */
export function sensitivitySpecificityTerms(
  channels: number,
  numbers: Numbers,
): fc.Arbitrary<Record<string, unknown>> {
  return scoredClasses(channels).chain(({ classes }) =>
    fc.record(
      {
        ...drawnFields(fields, numbers),
        kind: fc.constant('sensitivity-specificity'),
        classes: fc.constant(classes),
        sensitivityRatio: fc.constantFrom(0.05, 0.1, 0.5, 0.9, 0, 1),
        // Where rounding alone is left outside, a tiny s leaves no bound of its share.
        ...(numbers === usual ? { smoothing: fc.constantFrom(0.01, 0.5, 1, 2) } : {}),
        weight: fc.constantFrom(1, 0.5, -2),
      },
      { requiredKeys: ['kind', 'classes'] },
    ),
  );
}
