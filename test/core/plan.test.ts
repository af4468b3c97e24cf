import { type LossSpec, lossSchema, parseSpec, planOf, type Schema } from '@softdice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { specs } from '../arbitraries/spec.js';

const drawn = fc.integer({ min: 1, max: 4 }).chain(specs);

function isDeeplyFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen);
}

/** The same spec with each bare word of a tagged choice as an object. */
function withObjects(schema: Schema, value: unknown): unknown {
  switch (schema.type) {
    case 'list':
      return (value as readonly unknown[]).map((item) => withObjects(schema.items, item));
    case 'record':
      return fieldsWithObjects({ ...schema.fields, ...schema.optional }, value as object);
    case 'tagged': {
      const { kind, ...rest } = (typeof value === 'string' ? { kind: value } : value) as {
        kind: string;
      };
      const variant = schema.variants[kind];
      return { kind, ...fieldsWithObjects({ ...variant?.fields, ...variant?.optional }, rest) };
    }
    default:
      return value;
  }
}

function fieldsWithObjects(fields: Readonly<Record<string, Schema>>, value: object): object {
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      const field = fields[key];
      return [key, field === undefined || part === undefined ? part : withObjects(field, part)];
    }),
  );
}

describe('a plan', () => {
  it('is its own plan, also after a round trip through JSON', () => {
    fc.assert(
      fc.property(drawn, (spec) => {
        const plan = planOf(spec);
        expect(planOf(plan)).toEqual(plan);
        expect(planOf(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
        expect(JSON.stringify(planOf(plan))).toBe(JSON.stringify(plan));
      }),
      { seed: 1 },
    );
  });

  it('is frozen all the way down, and so is a parsed spec', () => {
    fc.assert(
      fc.property(drawn, (spec) => {
        expect(isDeeplyFrozen(planOf(spec))).toBe(true);
        expect(isDeeplyFrozen(parseSpec(spec))).toBe(true);
      }),
      { seed: 1 },
    );
  });

  it('leaves the spec as it was, unfrozen', () => {
    fc.assert(
      fc.property(drawn, (spec) => {
        const copy = structuredClone(spec);
        const before = JSON.stringify(copy);
        planOf(copy);
        expect(JSON.stringify(copy)).toBe(before);
        expect(Object.isFrozen(copy) || Object.isFrozen(copy.terms)).toBe(false);
      }),
      { seed: 1 },
    );
  });

  it('is the same for words and for objects', () => {
    fc.assert(
      fc.property(drawn, (spec) => {
        expect(planOf(withObjects(lossSchema, spec))).toEqual(planOf(spec));
      }),
      { seed: 1 },
    );
    const word: LossSpec = { terms: [{ kind: 'overlap', index: 'dice' }] };
    const object: LossSpec = { terms: [{ kind: 'overlap', index: { kind: 'dice' } }] };
    expect(planOf(word)).toEqual(planOf(object));
    expect(planOf({ terms: ['overlap'] })).toEqual(planOf(word));
  });

  it('takes undefined as left out', () => {
    const spec = { target: undefined, terms: [{ kind: 'overlap', per: undefined, of: undefined }] };
    expect(planOf(spec)).toEqual(planOf({ terms: ['overlap'] }));
  });

  it('makes every default explicit', () => {
    expect(planOf({ terms: ['overlap'] })).toMatchInlineSnapshot(`
      {
        "format": 1,
        "rescale": {
          "offset": 0,
          "scale": 1,
        },
        "target": {
          "kind": "one-hot",
        },
        "terms": [
          {
            "absent": {
              "kind": "keep",
            },
            "activation": "none",
            "classes": {
              "kind": "all",
            },
            "counting": {
              "kind": "product",
            },
            "index": {
              "kind": "dice",
            },
            "kind": "overlap",
            "name": "dice",
            "per": "image",
            "power": {
              "cell": 1,
              "floor": 1e-7,
              "reduced": 1,
            },
            "reduction": "mean",
            "smoothing": {
              "denominator": 0.00001,
              "floor": 0,
              "numerator": 0.00001,
            },
            "transform": {
              "kind": "complement",
            },
            "transformed": "cell",
            "weight": 1,
            "weights": {
              "kind": "none",
            },
          },
        ],
        "voxels": {
          "kind": "all",
        },
      }
    `);
  });
});

describe('a term without a name', () => {
  const namesOf = (...names: readonly (string | undefined)[]): readonly string[] =>
    planOf({
      terms: names.map((name) => ({ kind: 'overlap', index: 'jaccard', name })),
    }).terms.map(({ name }) => name);

  it('has the name of its index', () => {
    expect(namesOf(undefined)).toEqual(['jaccard']);
    expect(namesOf('mine')).toEqual(['mine']);
  });

  it('counts on where the name is taken, also by a later term', () => {
    expect(namesOf(undefined, undefined, undefined)).toEqual(['jaccard', 'jaccard 2', 'jaccard 3']);
    expect(namesOf(undefined, 'jaccard', 'jaccard 2')).toEqual([
      'jaccard 3',
      'jaccard',
      'jaccard 2',
    ]);
  });
});
