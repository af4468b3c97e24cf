import { lossSchema } from '@softdice/core';
import fc from 'fast-check';
import { drawnFields } from './drawn-fields.js';
import type { Numbers } from './from-schema.js';

const { distances: _, ...fields } = lossSchema.fields.terms.items.variants.wasserstein.fields;

/** Wasserstein Dice terms with a distance between any two channels; some are 0, few are symmetric. */
export function wassersteinTerms(
  channels: number,
  numbers: Numbers,
): fc.Arbitrary<Record<string, unknown>> {
  const entry = fc.constantFrom(1, 0.5, 0.3, 0.75, 0);
  const row = fc.array(entry, { minLength: channels, maxLength: channels });
  const rows = fc.array(row, { minLength: channels, maxLength: channels });
  return fc.record(
    {
      ...drawnFields(fields, numbers),
      kind: fc.constant('wasserstein'),
      distances: rows.map((drawn) =>
        drawn.map((line, at) => line.map((distance, to) => (at === to ? 0 : distance))),
      ),
      weight: fc.constantFrom(1, 0.5, -2),
    },
    { requiredKeys: ['kind', 'distances'] },
  );
}
