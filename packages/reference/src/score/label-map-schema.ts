import type {
  ChoiceSchema,
  Fields,
  NumberSchema,
  RecordSchema,
  Schema,
  TaggedSchema,
} from '@softdice/core';

const number = (bounds: Partial<NumberSchema>): NumberSchema => ({
  type: 'number',
  ...bounds,
});
const integer = (bounds: Partial<NumberSchema>): NumberSchema => ({
  ...number(bounds),
  type: 'integer',
});
const choice = (...words: readonly [string, ...string[]]): ChoiceSchema => ({
  type: 'choice',
  default: words[0],
  words,
});
const record = (fields: Fields): RecordSchema => ({ type: 'record', default: {}, fields });
const list = (items: Schema): Schema => ({ type: 'list', items });
const tagged = (variants: Readonly<Record<string, Fields>>): TaggedSchema => ({
  type: 'tagged',
  default: Object.keys(variants)[0] ?? '',
  variants: Object.fromEntries(
    Object.entries(variants).map(([word, fields]) => [word, { fields }]),
  ),
});

const floor = { floor: number({ above: 0, maximum: 1e6, default: 1e-3 }) };
const weight = number({ minimum: 0, maximum: 100, default: 0.5 });
const smoothing = number({ minimum: 0, maximum: 1e6, default: 0 });
const member = integer({ minimum: 0 });

/** The schema of core's metrics, for label maps alone; a test compares what both make of a metric. */
export const labelMapSchema: RecordSchema = record({
  format: integer({ minimum: 1, maximum: 1, default: 1 }),
  target: {
    type: 'tagged',
    variants: { labels: { fields: {}, optional: { ignore: integer({}) } } },
  },
  voxels: tagged({ all: {} }),
  decide: tagged({ labels: { channels: integer({ minimum: 2 }) } }),
  classes: tagged({
    all: {},
    foreground: {},
    list: { channels: list(member) },
    regions: { regions: list(list(member)), merge: choice('both', 'target') },
  }),
  index: tagged({
    dice: {},
    jaccard: {},
    tversky: { alpha: weight, beta: weight },
    'f-beta': { beta: number({ above: 0, maximum: 100, default: 1 }) },
  }),
  per: choice('image', 'batch', 'merged-image', 'everything'),
  smoothing: record({ numerator: smoothing, denominator: smoothing }),
  weights: tagged({
    none: {},
    given: {
      values: list(number({ minimum: 0, maximum: 1e4 })),
      normalise: choice('none', 'weighted-mean'),
    },
    support: {},
    volume: {
      power: number({ minimum: 0, maximum: 4, default: 2 }),
      absent: tagged({
        largest: floor,
        zero: floor,
        epsilon: {
          epsilon: number({ above: 0, maximum: 1e6, default: 1e-3 }),
          to: choice('mass', 'power'),
        },
        floor,
      }),
    },
  }),
  empty: record({ when: choice('both', 'target'), give: choice('nan', 'zero', 'one', 'skip') }),
  reduction: choice(
    'none',
    'mean',
    'class-mean',
    'sample-mean',
    'class-then-sample',
    'sample-then-class',
  ),
});
