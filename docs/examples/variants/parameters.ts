import { docOf, docsAt, type Schema, type SomeDocs, type VariantSchema } from '@softdice/core';
import { cell } from './cell.js';

/** A table of the parameters: name, meaning, range and default; empty where there are none. */
export function parametersOf(variant: VariantSchema, docs: SomeDocs): readonly string[] {
  const rows = rowsOf(variant, docs, '');
  if (rows.length === 0) return [];
  return ['| parameter | meaning | range | default |', '| --- | --- | --- | --- |', ...rows, ''];
}

function rowsOf(
  { fields, optional = {} }: VariantSchema,
  docs: SomeDocs,
  before: string,
): readonly string[] {
  const given = Object.entries(fields).flatMap(([name, schema]) => {
    const path = `${before}${name}`;
    const meaning = docsAt(docs, 'fields', name);
    // The parts of a record are parameters, the record itself only holds them.
    if (schema.type === 'record') return rowsOf(schema, meaning, `${path}.`);
    const standard = 'default' in schema ? `\`${String(schema.default)}\`` : 'required';
    return [row(path, schema, meaning, standard)];
  });
  const free = Object.entries(optional).map(([name, schema]) =>
    row(`${before}${name}`, schema, docsAt(docs, 'fields', name), 'none'),
  );
  return [...given, ...free];
}

function row(path: string, schema: Schema, docs: SomeDocs, standard: string): string {
  return `| \`${path}\` | ${cell(docOf(docs))} | ${cell(rangeOf(schema))} | ${standard} |`;
}

function rangeOf(schema: Schema): string {
  switch (schema.type) {
    case 'number':
    case 'integer': {
      const { above, minimum, maximum } = schema;
      const low = above !== undefined ? `(${above}` : minimum !== undefined ? `[${minimum}` : '(-∞';
      const kind = schema.type === 'integer' ? 'integers in ' : '';
      return `${kind}${low}, ${maximum === undefined ? '∞)' : `${maximum}]`}`;
    }
    case 'text':
      return 'text';
    case 'choice':
      return schema.words.join(', ');
    case 'tagged':
      return Object.keys(schema.variants).join(', ');
    case 'list':
      return `list of ${rangeOf(schema.items)}`;
    case 'record':
      return 'fields';
  }
}
