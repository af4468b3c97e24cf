import { type LossSpec, lossSchema, type PlanTerm, parseSpec } from '@softdice/core';
import fc from 'fast-check';
import { drawnFields } from './drawn-fields.js';
import { fromSchema, type Numbers, usual } from './from-schema.js';
import { channelLists, scoredClasses, targetRegions } from './scored-classes.js';
import { sensitivitySpecificityTerms } from './sensitivity-specificity-terms.js';
import { wassersteinTerms } from './wasserstein-terms.js';

const { target, rescale, voxels, terms } = lossSchema.fields;
const overlap = terms.items.variants.overlap.fields;
const crossEntropy = terms.items.variants['cross-entropy'].fields;
const centerlineDice = terms.items.variants['centerline-dice'].fields;

/** How the terms of a kind are drawn for so many channels. */
interface Draw {
  readonly terms: (channels: number, numbers: Numbers) => fc.Arbitrary<Record<string, unknown>>;
  /** How often the kind is drawn. */
  readonly weight: number;
  /** The fewest channels that it can have; 1 by default. */
  readonly channels?: number;
  /** The numbers of spatial axes that it can have; any by default. */
  readonly ranks?: readonly number[];
}

const draws: { readonly [K in PlanTerm['kind']]: Draw } = {
  // Constraints throw many of them away.
  overlap: { terms: overlapTerms, weight: 7 },
  'cross-entropy': { terms: crossEntropyTerms, weight: 2 },
  wasserstein: { terms: wassersteinTerms, weight: 1, channels: 2 },
  'centerline-dice': { terms: centerlineDiceTerms, weight: 1, ranks: [2, 3] },
  'sensitivity-specificity': { terms: sensitivitySpecificityTerms, weight: 1 },
};

/**
 * Losses of one or two terms, of any kinds, that a network of so many channels can be trained with.
 *
 * @param rank - Number of spatial axes; kinds that need to know it are drawn where it is given.
 */
export function specs(
  channels: number,
  numbers: Numbers = usual,
  rank?: number,
): fc.Arbitrary<LossSpec> {
  const kinds = Object.values(draws)
    .filter((draw) => channels >= (draw.channels ?? 1))
    .filter(({ ranks }) => ranks === undefined || (rank !== undefined && ranks.includes(rank)))
    .map(({ terms, weight }) => ({ arbitrary: terms(channels, numbers), weight }));
  return lossesOf(fc.oneof(...kinds), channels);
}

/** Losses of overlap terms alone. */
export function overlapSpecs(channels: number): fc.Arbitrary<LossSpec> {
  return lossesOf(overlapTerms(channels, usual), channels);
}

function lossesOf(
  term: fc.Arbitrary<Record<string, unknown>>,
  channels: number,
): fc.Arbitrary<LossSpec> {
  const list = (length: number): fc.Arbitrary<readonly Record<string, unknown>[]> =>
    fc.array(term, { minLength: length, maxLength: length });
  return fc
    .record(
      {
        target: targets(channels),
        rescale: fromSchema(rescale),
        voxels: fromSchema(voxels),
        terms: fc.oneof({ arbitrary: list(1), weight: 3 }, list(2)),
      },
      { requiredKeys: ['target', 'terms'] },
    )
    .map((spec) => plausible(spec, channels))
    .filter(isValid) as fc.Arbitrary<LossSpec>;
}

function targets(channels: number): fc.Arbitrary<unknown> {
  if (channels > 1) return fromSchema(target).map((drawn) => (isBinary(drawn) ? 'labels' : drawn));
  return fromSchema(target).map((drawn) => (kindOf(drawn) === 'labels' ? 'binary' : drawn));
}

/** Terms in which class lists and weights fit the channels; the rest is drawn from the schema. */
function overlapTerms(channels: number, numbers: Numbers): fc.Arbitrary<Record<string, unknown>> {
  return scoredClasses(channels).chain(({ classes, scored }) =>
    fc.record(
      {
        ...drawnFields(overlap, numbers),
        kind: fc.constant('overlap'),
        classes: fc.constant(classes),
        weights: fc.oneof(
          fc.constant('none'),
          givenWeights(scored),
          fromSchema({ ...overlap.weights, variants: { volume: overlap.weights.variants.volume } }),
        ),
        weight: fc.constantFrom(1, 0.5, -2),
        // A mean allows less of everything else.
        transformed: fc.constantFrom('cell', 'cell', 'cell', 'mean'),
      },
      { requiredKeys: ['kind', 'classes'] },
    ),
  );
}

/** Terms whose distribution fits the activation. */
function crossEntropyTerms(
  channels: number,
  numbers: Numbers,
): fc.Arbitrary<Record<string, unknown>> {
  const activations = channels === 1 ? ['sigmoid', 'none'] : ['softmax', 'sigmoid', 'none'];
  return fc
    .tuple(
      channels === 1
        ? channelLists(channels)
        : fc.oneof(channelLists(channels), targetRegions(channels)),
      fc.constantFrom(...activations),
      fc.boolean(),
    )
    .chain(([{ classes, scored }, activation, exclusive]) => {
      const categorical = activation === 'none' ? exclusive : activation === 'softmax';
      const values = fc.array(fc.constantFrom(0, 0.5, 1, 2.5), {
        minLength: scored,
        maxLength: scored,
      });
      const given = fc.record({ kind: fc.constant('given'), values });
      const { frequency: byFrequency } = crossEntropy.weights.variants;
      const frequency = fromSchema(
        { ...crossEntropy.weights, variants: { frequency: byFrequency } },
        numbers,
      );
      const model: Record<string, fc.Arbitrary<unknown>> = {
        ...drawnFields(crossEntropy, numbers),
        kind: fc.constant('cross-entropy'),
        activation: fc.constant(activation),
        distribution: fc.constant(categorical ? 'categorical' : 'bernoulli'),
        classes: fc.constant(classes),
        weights: fc.oneof(fc.constant('none'), given, frequency),
        weight: fc.constantFrom(1, 0.5, -2),
        ...(categorical
          ? { positive: fc.constant(1), negative: fc.constant(1) }
          : { labelSmoothing: fc.constant(0) }),
        focus: fc.constantFrom(0, 0, 0.25, 1, 1.5, 2, 4.25),
        exponent: fc.constantFrom(1, 1, 0.3, 1.5, 2),
        hardest: fc.oneof(
          { arbitrary: fc.constant(100), weight: 2 },
          fc.constantFrom(50, 30, 12.5),
          fromSchema(crossEntropy.hardest, numbers),
        ),
      };
      return fc
        .record(model, { requiredKeys: ['kind', 'activation', 'distribution', 'classes'] })
        .map(averageOfHardest)
        .map(boundedSlopes);
    });
}

/** Exponents below 1 where the logarithm keeps their slopes finite, else 1. */
function boundedSlopes(term: Record<string, unknown>): Record<string, unknown> {
  const valid = (changed: Record<string, unknown>): boolean =>
    isValid({ target: 'soft', terms: [{ ...changed, weights: 'none', classes: 'all' }] });
  const { exponent = 1, focus = 0 } = term as { exponent?: number; focus?: number };
  const gentle = {
    ...term,
    ...(exponent < 1 && !valid({ ...term, focus: 0 }) ? { exponent: 1 } : {}),
  };
  return focus > 0 && focus < 1 && !valid(gentle) ? { ...gentle, focus: 1 } : gentle;
}

/** The hardest voxels have one average, no grid and no weights by frequency. */
function averageOfHardest(term: Record<string, unknown>): Record<string, unknown> {
  const { reduction, weights, ...rest } = term;
  if (term['hardest'] === undefined || term['hardest'] === 100) return term;
  const { kind } = (weights ?? {}) as { kind?: string };
  return {
    ...rest,
    ...(kind === 'given' ? { weights } : {}),
    average: 'voxels',
    ...(reduction === 'mean' || reduction === 'class-sum' ? { reduction } : {}),
  };
}

/** Terms of few iterations: a skeleton of a few voxels is known after one or two. */
function centerlineDiceTerms(
  channels: number,
  numbers: Numbers,
): fc.Arbitrary<Record<string, unknown>> {
  return scoredClasses(channels).chain(({ classes }) =>
    fc.record(
      {
        ...drawnFields(centerlineDice, numbers),
        kind: fc.constant('centerline-dice'),
        classes: fc.constant(classes),
        iterations: fc.constantFrom(0, 1, 2, 3),
        // An empty skeleton has ratios of s / s: a tiny s leaves no bound of them where p is at a kink.
        ...(numbers === usual ? { smoothing: fc.constantFrom(0.01, 0.5, 1, 2) } : {}),
        weight: fc.constantFrom(1, 0.5, -2),
      },
      { requiredKeys: ['kind', 'classes', 'iterations'] },
    ),
  );
}

function givenWeights(scored: number): fc.Arbitrary<unknown> {
  const { on, normalise } = overlap.weights.variants.given.fields;
  return fc.record(
    {
      kind: fc.constant('given'),
      values: fc.array(fc.constantFrom(0, 0.5, 1, 2.5), { minLength: scored, maxLength: scored }),
      on: fromSchema(on),
      normalise: fromSchema(normalise),
    },
    { requiredKeys: ['kind', 'values'] },
  );
}

/** Moves a draw towards the constraints, so that few are thrown away. */
function plausible(spec: Record<string, unknown>, channels: number): Record<string, unknown> {
  const several = (spec['terms'] as readonly object[]).length > 1;
  const terms = (spec['terms'] as readonly Record<string, unknown>[]).map((term) => {
    const { activation, reduction, power, absent: drawn, ...rest } = term;
    const absent = rest['transformed'] === 'mean' ? undefined : drawn;
    const soft = channels === 1 && activation === 'softmax' ? 'sigmoid' : activation;
    const grid = reduction === 'none' || reduction === 'class-mean';
    return {
      ...rest,
      ...(power === undefined ? {} : { power: capped(power, 'floor', 0.01) }),
      ...(absent === undefined ? {} : { absent: capped(absent, 'threshold', 2) }),
      ...(soft === undefined ? {} : { activation: soft }),
      ...(reduction === undefined || (several && grid) ? {} : { reduction }),
    };
  });
  const { rescale: drawn, ...rest } = spec;
  return { ...rest, ...(fits(drawn) ? { rescale: drawn } : {}), terms };
}

/** Large floors and thresholds make every gradient 0, which compares nothing. */
function capped(value: unknown, field: string, most: number): unknown {
  if (typeof value !== 'object' || value === null || !(field in value)) return value;
  return { ...value, [field]: Math.min(most, Number((value as Record<string, unknown>)[field])) };
}

function fits(rescaling: unknown): boolean {
  const { scale = 1, offset = 0 } = (rescaling ?? {}) as { scale?: number; offset?: number };
  return scale + offset <= 1;
}

function isValid(spec: unknown): boolean {
  try {
    parseSpec(spec);
    return true;
  } catch {
    return false;
  }
}

function kindOf(tagged: unknown): unknown {
  return typeof tagged === 'string' ? tagged : (tagged as { kind: unknown }).kind;
}

function isBinary(tagged: unknown): boolean {
  return kindOf(tagged) === 'binary';
}
