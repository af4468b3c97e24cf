import { type LossSpec, maskChannels, type Plan, planOf, targetIsSparse } from '@softdice/core';
import fc from 'fast-check';
import { usual } from './from-schema.js';
import { specs } from './spec.js';

/** A tensor, channels first. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** Inputs of a loss, all exactly representable in float32. */
export interface Batch {
  readonly prediction: Tensor;
  readonly target: Tensor;
  readonly mask?: Tensor;
}

/** A loss with inputs that fit it, and how both were drawn. */
export interface Case {
  readonly spec: LossSpec;
  readonly plan: Plan;
  readonly batch: Batch;
  readonly drawn: { readonly regions: Regions; readonly values: Values; readonly rank: number };
}

/** How the classes lie in the target. */
const regionKinds = ['mixed', 'one class', 'one voxel', 'empty class'] as const;
export type Regions = (typeof regionKinds)[number];

/** How sure the prediction is. */
const valueKinds = ['moderate', 'saturated', 'perfect', 'wrong', 'flat', 'extreme'] as const;
export type Values = (typeof valueKinds)[number];

/** Half of the predictions are moderate: the others often have no gradient to compare. */
const anyValues = fc.oneof(
  { arbitrary: fc.constant<Values>('moderate'), weight: valueKinds.length },
  { arbitrary: fc.constantFrom(...valueKinds), weight: valueKinds.length },
);

/** What a property may restrict. */
export interface CaseOptions {
  readonly channels?: fc.Arbitrary<number>;
  readonly rank?: fc.Arbitrary<number>;
  readonly values?: readonly Values[];
  readonly regions?: readonly Regions[];
  readonly spec?: (channels: number, rank: number) => fc.Arbitrary<LossSpec>;
}

/** Cases over the whole spec and over easy, degenerate and extreme inputs. */
export function cases(options: CaseOptions = {}): fc.Arbitrary<Case> {
  const drawnSpec = options.spec ?? ((count, rank) => specs(count, usual, rank));
  const channels = options.channels ?? fc.integer({ min: 1, max: 4 });
  const ranks = options.rank ?? fc.integer({ min: 0, max: 3 });
  return fc
    .tuple(channels, ranks)
    .chain(([count, rank]) =>
      fc.tuple(fc.constant(count), fc.constant(rank), drawnSpec(count, rank)),
    )
    .chain(([count, rank, spec]) => {
      const plan = planOf(spec);
      return fc
        .record({
          samples: fc.integer({ min: 1, max: 3 }),
          spatial: fc.array(fc.integer({ min: 1, max: rank > 2 ? 3 : 5 }), {
            minLength: rank,
            maxLength: rank,
          }),
          regions: fc.constantFrom(...(options.regions ?? regionKinds)),
          values: options.values ? fc.constantFrom(...options.values) : anyValues,
          flatTarget: fc.boolean(),
          seed: fc.integer({ min: 1, max: 2 ** 30 }),
        })
        .map(({ samples, spatial, regions, values, flatTarget, seed }): Case => {
          const shape = [samples, count, ...spatial];
          const batch = batchOf(plan, shape, regions, values, flatTarget, seed);
          return { spec, plan, batch, drawn: { regions, values, rank: spatial.length } };
        });
    });
}

/** Random numbers in [0, 1) from a seed: small streams that shrink with their seed. */
export function stream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function batchOf(
  plan: Plan,
  shape: readonly number[],
  regions: Regions,
  values: Values,
  flatTarget: boolean,
  seed: number,
): Batch {
  const random = stream(seed);
  const [samples = 1, channels = 1, ...spatial] = shape;
  const voxels = spatial.reduce((product, size) => product * size, 1);
  const labels = drawLabels(samples * voxels, channels, regions, random);
  const sparse = flatTarget ? [samples, ...spatial] : [samples, 1, ...spatial];
  const planes = (value: (label: number, channel: number) => number): Tensor => ({
    shape,
    data: Array.from({ length: samples * channels * voxels }, (_, at) => {
      const sample = Math.floor(at / (channels * voxels));
      const channel = Math.floor(at / voxels) % channels;
      return Math.fround(value(labels[sample * voxels + (at % voxels)] ?? 0, channel));
    }),
  });
  const member = (label: number, channel: number): number =>
    channels === 1 ? label : label === channel ? 1 : 0;
  const ignore = 'ignore' in plan.target ? plan.target.ignore : undefined;
  const target = targetIsSparse(plan)
    ? {
        shape: sparse,
        data: labels.map((label) => (ignore !== undefined && random() < 0.2 ? ignore : label)),
      }
    : planes((label, channel) => encoded(plan, member(label, channel), random));
  const logits = plan.terms.every(({ activation }) => activation !== 'none');
  const prediction = logits
    ? planes((label, channel) => logit(values, member(label, channel), random))
    : normalised(planes((label, channel) => probability(values, member(label, channel), random)));
  const wanted = maskChannels(plan);
  const mask = {
    shape: wanted === 'all' ? shape : sparse,
    data: Array.from({ length: samples * voxels * (wanted === 'all' ? channels : 1) }, () =>
      plan.voxels.kind === 'weights' ? Math.floor(random() * 4) / 2 : random() < 0.7 ? 1 : 0,
    ),
  };
  return { prediction, target, ...(wanted === 'none' ? {} : { mask }) };
}

function drawLabels(
  size: number,
  channels: number,
  regions: Regions,
  random: () => number,
): readonly number[] {
  const kinds = channels === 1 ? 2 : channels;
  const [first, other] = [Math.floor(random() * kinds), Math.floor(random() * kinds)];
  const special = Math.floor(random() * size);
  const draw: { readonly [R in Regions]: (label: number, at: number) => number } = {
    mixed: (label) => label,
    'one class': () => first,
    'one voxel': (_, at) => (at === special ? other : first),
    'empty class': (label) => (label === first ? (first + 1) % kinds : label),
  };
  return Array.from({ length: size }, (_, at) => draw[regions](Math.floor(random() * kinds), at));
}

/** A target value: exact multiples of 1/16, so that no sum of them rounds. */
function encoded(plan: Plan, member: number, random: () => number): number {
  const noise = random();
  if (plan.target.kind === 'soft') return noise < 0.5 ? member : Math.floor(noise * 32 - 15) / 16;
  if (plan.target.kind === 'multilabel') return noise < 0.7 ? member : 1 - member;
  return plan.voxels.kind === 'target-mass' && noise < 0.1 ? 0 : member;
}

function logit(values: Values, member: number, random: () => number): number {
  const noise = random() * 2 - 1;
  switch (values) {
    case 'moderate':
      return 3 * noise;
    case 'saturated':
      return noise < 0 ? -1e4 : 1e4;
    case 'perfect':
      return member === 1 ? 1e4 : -1e4;
    case 'wrong':
      return member === 1 ? -30 : 30 + noise;
    case 'flat':
      return 0.5;
    case 'extreme':
      return 1e4 * noise;
  }
}

function probability(values: Values, member: number, random: () => number): number {
  const noise = random();
  switch (values) {
    case 'moderate':
      return 0.02 + 0.96 * noise;
    case 'saturated':
      return noise < 0.5 ? 0 : 1;
    case 'perfect':
      return member;
    case 'wrong':
      return 1 - member;
    case 'flat':
      return 0.25;
    case 'extreme':
      return noise ** 40;
  }
}

/** Scales the channels of each voxel to a sum of at most 1, as merged regions need. */
function normalised(tensor: Tensor): Tensor {
  const [, channels = 1, ...spatial] = tensor.shape;
  const voxels = spatial.reduce((product, size) => product * size, 1);
  const sums = new Map<number, number>();
  const voxelOf = (at: number): number =>
    Math.floor(at / (channels * voxels)) * voxels + (at % voxels);
  tensor.data.forEach((value, at) => {
    sums.set(voxelOf(at), (sums.get(voxelOf(at)) ?? 0) + value);
  });
  const data = tensor.data.map((value, at) => {
    const total = sums.get(voxelOf(at)) ?? 1;
    // A little less, so that no rounding to float32 brings the sum above 1 again.
    return total > 1 ? Math.fround(value / total / (1 + 2 ** -20)) : value;
  });
  return { shape: tensor.shape, data };
}
