import type { Fields } from '@softdice/core';
import type fc from 'fast-check';
import { fromSchema, type Numbers } from './from-schema.js';

/** A draw for each field of a term but its classes and weights, which must fit the channels. */
export function drawnFields(
  fields: Fields,
  numbers: Numbers,
): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([key]) => key !== 'classes' && key !== 'weights')
      .map(([key, schema]) => [key, fromSchema(schema, numbers)]),
  );
}
