import type { Fields, NumberSchema, Schema, VariantSchema } from '@softdice/core';
import fc from 'fast-check';

/** How the numbers of a schema are drawn. */
export type Numbers = (schema: NumberSchema) => fc.Arbitrary<number>;

/** An arbitrary is made once for each schema: drawing chains ask for the same ones again and again. */
const made = new WeakMap<Numbers, WeakMap<Schema, fc.Arbitrary<unknown>>>();

/** Values that a schema accepts, as a writer may give them: defaults left out, words alone. */
export function fromSchema(schema: Schema, numbers: Numbers = usual): fc.Arbitrary<unknown> {
  const known = made.get(numbers) ?? new WeakMap<Schema, fc.Arbitrary<unknown>>();
  made.set(numbers, known);
  const arbitrary = known.get(schema) ?? drawn(schema, numbers);
  known.set(schema, arbitrary);
  return arbitrary;
}

function drawn(schema: Schema, numbers: Numbers): fc.Arbitrary<unknown> {
  switch (schema.type) {
    case 'number':
    case 'integer':
      return numbers(schema);
    case 'text':
      return fc.constantFrom('first', 'second', 'a b');
    case 'choice':
      return fc.constantFrom(...schema.words);
    case 'list':
      return fc.array(fromSchema(schema.items, numbers), { minLength: 1, maxLength: 3 });
    case 'record':
      return fields(schema, numbers);
    case 'tagged':
      return fc.oneof(
        ...Object.entries(schema.variants).map(([kind, variant]) =>
          variants(kind, variant, numbers),
        ),
      );
  }
}

function variants(kind: string, variant: VariantSchema, numbers: Numbers): fc.Arbitrary<unknown> {
  const written = fields(variant, numbers).map((given) => ({ kind, ...(given as object) }));
  const bare = Object.values(variant.fields).every((field) => 'default' in field);
  return bare ? fc.oneof(fc.constant(kind), written) : written;
}

function fields(
  schema: { readonly fields: Fields; readonly optional?: Fields },
  numbers: Numbers,
): fc.Arbitrary<unknown> {
  const all = Object.entries({ ...schema.fields, ...schema.optional });
  const required = Object.entries(schema.fields)
    .filter(([, field]) => !('default' in field))
    .map(([key]) => key);
  const model: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(
    all.map(([key, field]) => [key, fromSchema(field, numbers)]),
  );
  return fc.record(model, { requiredKeys: required });
}

/** Bounds, round numbers and anything between, within reach of float32. */
export function usual(schema: NumberSchema): fc.Arbitrary<number> {
  const least = schema.minimum ?? schema.above ?? -10;
  const most = Math.min(schema.maximum ?? least + 20, least + 20);
  const allowed = (value: number): boolean =>
    value >= least &&
    value <= (schema.maximum ?? Number.POSITIVE_INFINITY) &&
    (schema.above === undefined || value > schema.above);
  const edges = [schema.default, least, 0, 1e-7, 1e-5, 0.01, 0.5, 1, 2].filter(
    (value): value is number =>
      value !== undefined &&
      allowed(value) &&
      (schema.type === 'number' || Number.isInteger(value)),
  );
  // A thousand steps rather than any double: most doubles are so small that they mean 0.
  const between =
    schema.type === 'integer'
      ? fc.integer({ min: Math.ceil(least), max: Math.floor(most) })
      : fc.integer({ min: 1, max: 1000 }).map((step) => least + ((most - least) * step) / 1000);
  return fc.oneof({ arbitrary: fc.constantFrom(...edges), weight: 3 }, between);
}

/** The ends of the range as often as anything between: where float32 could overflow. */
export function extreme(schema: NumberSchema): fc.Arbitrary<number> {
  const ends = [schema.minimum, schema.maximum].filter((end) => end !== undefined);
  return ends.length === 0 ? usual(schema) : fc.oneof(fc.constantFrom(...ends), usual(schema));
}
