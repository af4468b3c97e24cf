import {
  docsAt,
  type Fields,
  type LossSpec,
  lossDocs,
  lossSchema,
  type Schema,
  type SomeDocs,
  type VariantSchema,
} from '@softdice/core';
import { type Part, settingOf } from './settings.js';
import type { Choice, TermKind, Variant } from './variant.js';

/** A step into a term: a field, and the variant of it that has the next field. */
type Step = readonly [field: string, variant: string];

/** Every kind of term with every choice in it, read from the schema. */
export const termKinds: readonly TermKind[] = Object.entries<VariantSchema>(
  lossSchema.fields.terms.items.variants,
).map(([kind, schema]) => {
  const docs = docsAt(lossDocs.fields.terms.items, 'variants', kind);
  return {
    kind,
    standard: {
      title: kind,
      slug: kind,
      docs,
      parameters: schema,
      spec: lossOf(kind, schema, [], 'tagged'),
    },
    choices: choicesOf(kind, schema, schema.fields, docs, [], []),
  };
});

function choicesOf(
  kind: string,
  term: VariantSchema,
  fields: Fields,
  docs: SomeDocs,
  steps: readonly Step[],
  records: readonly string[],
): readonly Choice[] {
  return Object.entries(fields).flatMap(([field, schema]) => {
    const meaning = docsAt(docs, 'fields', field);
    const words = wordsOf(schema, meaning);
    if (schema.type === 'record') {
      return choicesOf(kind, term, schema.fields, meaning, steps, [...records, field]);
    }
    if (words === undefined || records.length > 0) return [];
    const path = [kind, ...steps.flat(), field].join('.');
    const variants = words.map(([word, variant, docs]): Variant => {
      const place = [...steps, [field, word] as const];
      return {
        title: word,
        slug: `${path}.${word}`.replaceAll('.', '-'),
        docs,
        parameters: variant,
        spec: lossOf(kind, term, place, schema.type === 'choice' ? 'choice' : 'tagged'),
      };
    });
    const standard = 'default' in schema ? String(schema.default) : undefined;
    const deeper = words.flatMap(([word, variant, docs]) =>
      choicesOf(kind, term, variant.fields, docs, [...steps, [field, word]], []),
    );
    return [{ path, docs: meaning, standard, variants }, ...deeper];
  });
}

/** The words of a choice, each with what it says and has. */
function wordsOf(
  schema: Schema,
  docs: SomeDocs,
): readonly (readonly [word: string, has: VariantSchema, docs: SomeDocs])[] | undefined {
  if (schema.type === 'tagged') {
    const variants = Object.entries(schema.variants);
    return variants.map(([word, has]) => [word, has, docsAt(docs, 'variants', word)] as const);
  }
  if (schema.type !== 'choice') return undefined;
  return schema.words.map((word) => [word, { fields: {} }, docsAt(docs, 'words', word)] as const);
}

/** The smallest loss of one term in which a word is chosen. */
function lossOf(
  kind: string,
  { fields }: VariantSchema,
  steps: readonly Step[],
  last: 'choice' | 'tagged',
): LossSpec {
  const { term = {}, loss = {} } = settingOf([kind, ...steps.flat()].join('.'));
  const base: Part = {
    kind,
    ...('activation' in fields ? { activation: 'none' } : {}),
    // A categorical cross-entropy of one class alone does not see where p is too large.
    ...('classes' in fields && kind !== 'cross-entropy' ? { classes: 'foreground' } : {}),
  };
  const chosen = chooseAt({ ...base, ...term }, steps, last);
  return { ...loss, terms: [chosen] } as unknown as LossSpec;
}

function chooseAt(part: Part, steps: readonly Step[], last: 'choice' | 'tagged'): Part {
  const [step, ...rest] = steps;
  if (step === undefined) return part;
  const [field, word] = step;
  if (rest.length === 0 && last === 'choice') return { ...part, [field]: word };
  const set = part[field];
  const known = typeof set === 'object' && (set as Part)['kind'] === word ? (set as Part) : {};
  return { ...part, [field]: chooseAt({ ...known, kind: word }, rest, last) };
}
