import { type LossSpec, lossSchema, parseSpec, planOf, targetIsSparse } from '@softdice/core';
import fc from 'fast-check';
import { type Case, cases } from './batch.js';
import { fromSchema } from './from-schema.js';
import { overlapSpecs } from './spec.js';

const { transform } = lossSchema.fields.terms.items.variants.overlap.fields;

/** A corner of an overlap loss: choices and inputs that meet in few random draws. */
export interface Stratum {
  /** Whether a class is absent from a sample, and what the spec says of that. */
  readonly absent: 'no' | 'keep' | 'zero' | 'skip';
  /** Predictions of exactly 0 and 1, or logits of ±1e4. */
  readonly saturated: boolean;
  /** Numerator smoothing 0. */
  readonly unsmoothed: boolean;
  readonly transform: keyof typeof transform.variants;
  readonly oneChannel: boolean;
  /** Whether a class has one voxel of a sample. */
  readonly rare: boolean;
}

const either = [false, true] as const;

/** Every combination. */
export const strata: readonly Stratum[] = (['no', 'keep', 'zero', 'skip'] as const).flatMap(
  (absent) =>
    either.flatMap((saturated) =>
      either.flatMap((unsmoothed) =>
        (Object.keys(transform.variants) as Stratum['transform'][]).flatMap((kind) =>
          either.flatMap((oneChannel) =>
            either.map((rare) => ({
              absent,
              saturated,
              unsmoothed,
              transform: kind,
              oneChannel,
              rare,
            })),
          ),
        ),
      ),
    ),
);

/** A stratum in words. */
export function labelOf(stratum: Stratum): string {
  return Object.entries(stratum)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

/** Cases of a stratum; all else is drawn. */
export function stratumCases(stratum: Stratum): fc.Arbitrary<Case> {
  const { absent, saturated, oneChannel, rare } = stratum;
  return cases({
    channels: oneChannel ? fc.constant(1) : fc.integer({ min: 2, max: 4 }),
    values: [saturated ? 'saturated' : 'moderate'],
    regions: [rare ? 'one voxel' : absent === 'no' ? 'mixed' : 'empty class'],
    spec: (channels) =>
      fc
        .tuple(overlapSpecs(channels), fromSchema(chosen(stratum.transform)))
        .map(([spec, drawn]) => forced(spec, drawn, stratum))
        .filter(parses),
  }).filter((drawn) => holds(drawn, stratum));
}

/** The schema of one transform with its parameters. */
function chosen(kind: Stratum['transform']): typeof transform {
  return { ...transform, variants: { [kind]: transform.variants[kind] } } as typeof transform;
}

/** The first term alone, with the choices of the stratum. */
function forced(spec: LossSpec, transform: unknown, stratum: Stratum): LossSpec {
  const [term] = planOf(spec).terms;
  if (term?.kind !== 'overlap') return spec;
  const { absent, smoothing, power, reduction, ...rest } = term;
  const grid = reduction === 'none' || reduction === 'sum';
  const base = { ...rest, transform, absent, smoothing, power, reduction };
  const powers = stratum.transform === 'complement' || stratum.transform === 'log';
  return {
    ...spec,
    terms: [
      {
        ...base,
        ...(powers ? {} : { power: {} }),
        ...(stratum.unsmoothed
          ? { smoothing: { ...smoothing, numerator: 0, denominator: 1e-5 } }
          : {}),
        ...(stratum.absent === 'no' ? {} : { absent: stratum.absent }),
        ...(stratum.absent === 'zero' || stratum.absent === 'skip' ? { transformed: 'cell' } : {}),
        ...(stratum.absent === 'skip' && grid ? { reduction: 'mean' } : {}),
      },
    ],
  } as LossSpec;
}

function parses(spec: unknown): boolean {
  try {
    parseSpec(spec);
    return true;
  } catch {
    return false;
  }
}

/** Whether a case is of the stratum. */
export function holds({ plan, batch }: Case, stratum: Stratum): boolean {
  const [term] = plan.terms;
  if (term?.kind !== 'overlap') return false;
  const counts = presentVoxels({ plan, batch });
  const isAbsent = counts.includes(0);
  const extremes = term.activation === 'none' ? [0, 1] : [-1e4, 1e4];
  return (
    (stratum.absent === 'no' ? !isAbsent : isAbsent && term.absent.kind === stratum.absent) &&
    batch.prediction.data.every((value) => extremes.includes(value)) === stratum.saturated &&
    (term.smoothing.numerator === 0) === stratum.unsmoothed &&
    term.transform.kind === stratum.transform &&
    (batch.prediction.shape[1] === 1) === stratum.oneChannel &&
    counts.includes(1) === stratum.rare
  );
}

/** For each sample and channel, the number of voxels whose target is above 0. */
function presentVoxels({ plan, batch }: Pick<Case, 'plan' | 'batch'>): readonly number[] {
  const [samples = 1, channels = 1, ...spatial] = batch.prediction.shape;
  const voxels = spatial.reduce((product, size) => product * size, 1);
  const { data } = batch.target;
  const sparse = targetIsSparse(plan);
  return Array.from({ length: samples * channels }, (_, plane) => {
    const [sample, channel] = [Math.floor(plane / channels), plane % channels];
    const first = (sparse ? sample : plane) * voxels;
    const present = (value: number): boolean =>
      plan.target.kind === 'labels' ? value === channel : value > 0;
    return data.slice(first, first + voxels).filter(present).length;
  });
}
