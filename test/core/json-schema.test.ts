import {
  type JsonSchema,
  jsonSchema,
  levelsDocs,
  levelsSchema,
  lossDocs,
  lossSchema,
  metricDocs,
  metricSchema,
  type Problem,
  parseSpec,
} from '@softdice/core';
import { settingDocs, settingSchema } from '@softdice/core/lint';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { specs } from '../arbitraries/spec.js';
import { mutated, oddJson } from './mutations.js';
import { problemsOf } from './problems.js';

const accepts = new Ajv2020({ strict: true }).compile(jsonSchema(lossSchema));
const valid = fc.integer({ min: 1, max: 4 }).chain(specs);

/** Problems of structure: the constraints relate fields, which the schema does not. */
function structural(json: unknown): readonly Problem[] {
  return problemsOf(() => parseSpec(json)).filter(({ constraint }) => constraint === undefined);
}

/** The places of a JSON Schema that say nothing about themselves: neither a description nor a constant. */
function undescribed(schema: JsonSchema, path: string): readonly string[] {
  const { description, properties = {}, items, oneOf = [] } = schema as Parts;
  const bare = Object.keys(schema).every((key) => key === 'const' || key === 'enum');
  return [
    ...(bare || (description ?? '') !== '' ? [] : [path]),
    ...Object.entries(properties).flatMap(([key, part]) => undescribed(part, `${path}.${key}`)),
    ...oneOf.flatMap((part, at) => undescribed(part, `${path}|${at}`)),
    ...(items === undefined ? [] : undescribed(items, `${path}[]`)),
  ];
}

interface Parts {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
}

/** As a file would hold it. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('the JSON Schema', () => {
  it('accepts what the parser accepts', () => {
    fc.assert(
      fc.property(valid, (spec) => {
        expect(accepts(asJson(spec))).toBe(true);
        expect(accepts(asJson(parseSpec(spec)))).toBe(true);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('refuses what the parser refuses', () => {
    let refused = 0;
    fc.assert(
      fc.property(mutated(valid, oddJson), (drawn) => {
        const spec = drawn === undefined ? null : asJson(drawn);
        const problems = structural(spec);
        if (problems.length > 0) refused += 1;
        expect(accepts(spec), JSON.stringify(problems)).toBe(problems.length === 0);
      }),
      { numRuns: 1200, seed: 2 },
    );
    expect(refused).toBeGreaterThan(300);
    expect(refused).toBeLessThan(1150);
  });

  it.each([
    ['loss', jsonSchema(lossSchema, lossDocs)],
    ['levels', jsonSchema(levelsSchema, levelsDocs)],
    ['metric', jsonSchema(metricSchema, metricDocs)],
    ['setting', jsonSchema(settingSchema, settingDocs)],
  ])('of a %s says what every part means', (name, schema) => {
    expect(undescribed(schema, name)).toEqual([]);
  });

  it.each([
    [2 ** 53, false],
    [2 ** 53 - 1, true],
    [-(2 ** 53), false],
    [0.5, false],
    [1e300, false],
  ])('agrees with the parser on integers: %d', (ignore, fits) => {
    const spec = { target: { kind: 'labels', ignore }, terms: ['overlap'] };
    expect(structural(spec).length === 0).toBe(fits);
    expect(accepts(spec)).toBe(fits);
  });
});
