import type { Schema } from '@softdice/core';

/** Every word that a schema knows, with the path to it. */
export function words(schema: Schema, path: string): readonly string[] {
  switch (schema.type) {
    case 'choice':
      return schema.words.map((word) => `${path}=${word}`);
    case 'list':
      return words(schema.items, path);
    case 'record':
      return Object.entries(schema.fields).flatMap(([key, field]) =>
        words(field, `${path}.${key}`),
      );
    case 'tagged':
      return Object.entries(schema.variants).flatMap(([kind, variant]) => [
        `${path}=${kind}`,
        ...Object.entries(variant.fields).flatMap(([key, field]) => words(field, `${path}.${key}`)),
      ]);
    default:
      return [];
  }
}

/** Every word that a plan uses, with the path to it. */
export function used(value: unknown, path: string): readonly string[] {
  if (typeof value === 'string') return [`${path}=${value}`];
  if (Array.isArray(value)) return value.flatMap((item) => used(item, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === 'kind' ? [`${path}=${String(part)}`] : used(part, `${path}.${key}`),
  );
}
