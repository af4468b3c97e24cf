import { completeMetric, type MetricPlan, metricSchema, metricShapes } from '@softdice/core';
import fc from 'fast-check';
import { type Batch, stream, type Tensor } from './batch.js';
import { drawnFields } from './drawn-fields.js';
import { fromSchema, usual } from './from-schema.js';
import { type Scored, scoredClasses } from './scored-classes.js';

const { fields } = metricSchema;

/** A hard score with inputs that fit it. */
export interface MetricCase {
  readonly metric: MetricPlan;
  readonly batch: Batch;
}

/** How sure the prediction is; ties are of many equal channels, and of values at the threshold. */
const valueKinds = ['ties', 'moderate', 'perfect', 'flat'] as const;
type Values = (typeof valueKinds)[number];

/** Cases over the whole metric, with absent classes, ties and ignored voxels. */
export function metricCases(rank: fc.Arbitrary<number>): fc.Arbitrary<MetricCase> {
  return fc
    .tuple(fc.integer({ min: 1, max: 4 }), rank)
    .chain(([channels, axes]) =>
      fc.record({
        metric: byChannels.get(channels) ?? metricsOf(channels),
        samples: fc.integer({ min: 1, max: 3 }),
        spatial: fc.array(fc.integer({ min: 1, max: axes > 2 ? 3 : 5 }), {
          minLength: axes,
          maxLength: axes,
        }),
        channels: fc.constant(channels),
        values: fc.constantFrom(...valueKinds),
        flatTarget: fc.boolean(),
        seed: fc.integer({ min: 1, max: 2 ** 30 }),
      }),
    )
    .map(({ metric, samples, channels, spatial, values, flatTarget, seed }) => ({
      metric,
      batch: batchOf(metric, [samples, channels, ...spatial], values, flatTarget, seed),
    }))
    .filter(({ metric, batch: { prediction, target, mask } }) => {
      const shapes = { prediction: prediction.shape, target: target.shape, mask: mask?.shape };
      return metricShapes(metric, shapes).problems.length === 0;
    });
}

/** Metrics that fit so many channels, drawn from the schema. */
function metricsOf(channels: number): fc.Arbitrary<MetricPlan> {
  const { labels, ...others } = fields.decide.variants;
  const decide = fc.oneof(
    { arbitrary: fromSchema({ ...fields.decide, variants: others }), weight: 2 },
    channels === 1 ? fc.constant('threshold') : fc.constant({ kind: 'labels', channels }),
  );
  const target = fromSchema(fields.target).filter((drawn) => {
    const kind = typeof drawn === 'string' ? drawn : (drawn as { readonly kind: string }).kind;
    return kind !== (channels === 1 ? 'labels' : 'binary') && kind !== 'soft';
  });
  return scoredClasses(channels)
    .chain(({ classes, scored }: Scored) =>
      fc.record(
        {
          ...drawnFields(fields, usual),
          target,
          decide,
          classes: fc.constant(classes),
          weights: fc.oneof(
            { arbitrary: fc.constant('none'), weight: 2 },
            givenWeights(scored),
            fromSchema({
              ...fields.weights,
              variants: {
                support: fields.weights.variants.support,
                volume: fields.weights.variants.volume,
              },
            }),
          ),
        },
        { requiredKeys: ['target', 'decide', 'classes'] },
      ),
    )
    .filter(isMetric)
    .map((metric) => completeMetric(metric));
}

/** Made once: an arbitrary of a whole schema takes longer to make than to draw from. */
const byChannels = new Map([1, 2, 3, 4].map((channels) => [channels, metricsOf(channels)]));

function givenWeights(scored: number): fc.Arbitrary<unknown> {
  const values = fc.array(fc.constantFrom(0, 0.5, 1, 2.5), {
    minLength: scored,
    maxLength: scored,
  });
  const { normalise } = fields.weights.variants.given.fields;
  return fc.record({ kind: fc.constant('given'), values, normalise: fromSchema(normalise) });
}

function isMetric(drawn: unknown): boolean {
  try {
    completeMetric(drawn);
    return true;
  } catch {
    return false;
  }
}

function batchOf(
  { target, voxels, decide, classes }: MetricPlan,
  shape: readonly number[],
  values: Values,
  flatTarget: boolean,
  seed: number,
): Batch {
  const random = stream(seed);
  const [samples = 1, channels = 1, ...spatial] = shape;
  const inner = spatial.reduce((product, size) => product * size, 1);
  const kinds = channels === 1 ? 2 : channels;
  // Few of the classes, often none of one; labels of regions may exceed the channels.
  const most = classes.kind === 'regions' && classes.merge === 'target' ? kinds + 1 : kinds;
  const there = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
    Math.floor(random() * (target.kind === 'labels' ? most : kinds)),
  );
  const pick = (from: readonly number[]): number => from[Math.floor(random() * from.length)] ?? 0;
  const truth = Array.from({ length: samples * inner }, () => pick(there));
  // Two label maps [N, 1, a, b, c] could have four spatial axes.
  const flat = flatTarget || (decide.kind === 'labels' && spatial.length > 2);
  const sparse = flat ? [samples, ...spatial] : [samples, 1, ...spatial];
  const planes = (value: (label: number, channel: number) => number): Tensor => ({
    shape,
    data: Array.from({ length: samples * channels * inner }, (_, at) => {
      const sample = Math.floor(at / (channels * inner));
      const label = truth[sample * inner + (at % inner)] ?? 0;
      return Math.fround(value(label, Math.floor(at / inner) % channels));
    }),
  });
  const member = (label: number, channel: number): number =>
    channels === 1 ? Number(label > 0) : Number(label === channel);
  const ignore = 'ignore' in target ? target.ignore : undefined;
  const guess = (label: number): number =>
    values === 'perfect'
      ? label % channels
      : values === 'flat'
        ? 0
        : Math.floor(random() * channels);
  const masked = voxels.kind === 'channel-mask' ? shape : sparse;
  return {
    target:
      target.kind === 'labels' || target.kind === 'binary'
        ? {
            shape: sparse,
            data: truth.map((label) => (ignore !== undefined && random() < 0.2 ? ignore : label)),
          }
        : planes((label, channel) => planeValue(target.kind, member(label, channel), random)),
    prediction:
      decide.kind === 'labels'
        ? { shape: sparse, data: truth.map(guess) }
        : planes((label, channel) =>
            channelValue(values, member(label, channel), limitOf(decide), random),
          ),
    ...(voxels.kind === 'mask' || voxels.kind === 'channel-mask'
      ? {
          mask: {
            shape: masked,
            data: Array.from({ length: masked.reduce((product, size) => product * size, 1) }, () =>
              random() < 0.7 ? 1 : 0,
            ),
          },
        }
      : {}),
  };
}

function limitOf(decide: MetricPlan['decide']): number {
  return decide.kind === 'threshold' ? decide.threshold : 0;
}

function planeValue(kind: string, member: number, random: () => number): number {
  const noise = random();
  if (kind === 'multilabel') return noise < 0.7 ? member : 1 - member;
  return noise < 0.1 ? 0 : member;
}

/** Quarters around the threshold, which is one of them: half of the voxels have two largest channels. */
function channelValue(values: Values, member: number, limit: number, random: () => number): number {
  switch (values) {
    case 'ties':
      return limit + Math.floor(random() * 4 - 1) / 4;
    case 'moderate':
      return limit + 3 * (random() * 2 - 1);
    case 'perfect':
      return limit + (member === 1 ? 1 : -1);
    case 'flat':
      return limit;
  }
}
