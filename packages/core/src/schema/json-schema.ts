import { type Docs, docOf, docsAt, type SomeDocs } from './docs.js';
import type { Fields, Schema, VariantSchema } from './schema.js';

/** A JSON Schema (draft 2020-12) document or part of one. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/**
 * Prints a schema as JSON Schema, so that editors and other languages can check a spec.
 *
 * @param docs - What it means, for the descriptions; without it there are none.
 */
export function jsonSchema<S extends Schema>(schema: S, docs?: Docs<S>): JsonSchema {
  return printed(schema, docs as SomeDocs);
}

function printed(schema: Schema, docs: SomeDocs): JsonSchema {
  const common = {
    ...described(docs),
    ...('default' in schema && schema.default !== undefined ? { default: schema.default } : {}),
  };
  switch (schema.type) {
    case 'number':
    case 'integer': {
      // As the parser does, JSON Schema's integers stay where a double holds every one.
      const integer = schema.type === 'integer';
      return {
        ...common,
        type: schema.type,
        ...(schema.above === undefined ? {} : { exclusiveMinimum: schema.above }),
        ...bound('minimum', schema.minimum, integer ? Number.MIN_SAFE_INTEGER : undefined),
        ...bound('maximum', schema.maximum, integer ? Number.MAX_SAFE_INTEGER : undefined),
      };
    }
    case 'text':
      return { ...common, type: 'string', pattern: '\\S' };
    case 'choice':
      return { ...common, enum: schema.words };
    case 'list':
      return {
        ...common,
        type: 'array',
        minItems: 1,
        items: printed(schema.items, typeof docs === 'object' ? docs.items : undefined),
      };
    case 'record':
      return { ...common, ...objectSchema(schema, docs, {}) };
    case 'tagged': {
      const variants = Object.entries(schema.variants);
      const bare = variants.filter(([, variant]) => required(variant.fields).length === 0);
      return {
        ...common,
        oneOf: [
          ...(bare.length === 0 ? [] : [{ enum: bare.map(([word]) => word) }]),
          ...variants.map(([word, variant]) => {
            const meaning = docsAt(docs, 'variants', word);
            const tag = { kind: { const: word } };
            return { ...described(meaning), ...objectSchema(variant, meaning, tag) };
          }),
        ],
      };
    }
  }
}

function objectSchema(schema: VariantSchema, docs: SomeDocs, tag: JsonSchema): JsonSchema {
  const fields = Object.entries({ ...schema.fields, ...schema.optional });
  return {
    type: 'object',
    properties: {
      ...tag,
      ...Object.fromEntries(
        fields.map(([key, field]) => [key, printed(field, docsAt(docs, 'fields', key))]),
      ),
    },
    required: [...Object.keys(tag), ...required(schema.fields)],
    additionalProperties: false,
  };
}

function described(docs: SomeDocs): JsonSchema {
  const description = docOf(docs);
  return description === '' ? {} : { description };
}

function bound(keyword: string, ...limits: readonly (number | undefined)[]): JsonSchema {
  const limit = limits.find((value) => value !== undefined);
  return limit === undefined ? {} : { [keyword]: limit };
}

/** The fields that a writer must give. */
function required(fields: Fields): readonly string[] {
  return Object.entries(fields)
    .filter(([, field]) => !('default' in field))
    .map(([key]) => key);
}
