import type { ScoredClass } from '../classes/scored-classes.js';
import type { Counting } from '../counting/counting.js';
import type { Pooling } from '../head/pooling.js';
import { statisticsShape } from '../head/pooling.js';
import type { VoxelData } from '../inputs/voxel-data.js';
import { compensatedSum } from '../numeric/compensated-sum.js';
import type { Float64Tensor } from '../tensor.js';
import type { OverlapTerm } from './overlap-term.js';
import { forEachPlane, type ScoredPlane } from './planes.js';

/** The symbol of the target mass `M = Σ w t`, which says what a class weighs. */
export const targetMass = 'M';

/** A mass of the target: `Σ w t` over the voxels with t above the level. */
export interface TargetMass {
  readonly symbol: string;
  readonly level: number;
}

/** The mass that says whether a class is absent: M, or A where not every voxel speaks for it. */
export function presenceOf({ absent }: OverlapTerm): TargetMass | undefined {
  if (absent.kind === 'keep') return undefined;
  return { symbol: absent.level === 0 ? targetMass : 'A', level: absent.level };
}

/** The masses that a term asks for. */
export function targetMasses(term: OverlapTerm): readonly TargetMass[] {
  const presence = presenceOf(term);
  const ofWeights = { symbol: targetMass, level: 0 };
  if (presence === undefined) return term.weights.kind === 'volume' ? [ofWeights] : [];
  return term.weights.kind === 'volume' && presence.level > 0 ? [ofWeights, presence] : [presence];
}

/**
 * The voxel sums of a term by symbol, each of shape `[N, C']`, or `[C']` where samples are pooled.
 *
 * `Σ w · map(p, t')` for every map of the counting, with `t' = scale · t + offset`; and where asked
 * masses `Σ w t` of the target as it was before.
 */
export function countStatistics(
  counting: Counting,
  pooling: Pooling,
  classes: readonly ScoredClass[],
  p: Float64Array,
  data: VoxelData,
  masses: readonly TargetMass[],
): Readonly<Record<string, Float64Tensor>> {
  const { samples } = data.sizes;
  const cells = samples * classes.length;
  const shape = statisticsShape(pooling, samples, classes.length);
  const symbols = [...Object.keys(counting.maps), ...masses.map(({ symbol }) => symbol)];
  const perSample: Record<string, Float64Array> = Object.fromEntries(
    symbols.map((symbol) => [symbol, new Float64Array(cells)]),
  );
  forEachPlane(classes, p, data, (plane, cell) => {
    for (const symbol of symbols) {
      const sums = perSample[symbol];
      if (sums !== undefined) sums[cell] = planeSum(counting, masses, symbol, plane);
    }
  });
  return Object.fromEntries(
    Object.entries(perSample).map(([symbol, sums]) => [
      symbol,
      { shape, data: pooling.samples ? overSamples(sums, classes.length) : sums },
    ]),
  );
}

function planeSum(
  counting: Counting,
  masses: readonly TargetMass[],
  symbol: string,
  { p, t, mass, w }: ScoredPlane,
): number {
  const map = counting.maps[symbol];
  if (map === undefined) {
    const level = masses.find((one) => one.symbol === symbol)?.level ?? 0;
    const above = (value: number): number => (value > level ? value : 0);
    return compensatedSum(w.length, (at) => (w[at] ?? 0) * above(mass[at] ?? 0));
  }
  return compensatedSum(w.length, (at) => (w[at] ?? 0) * map.value(p[at] ?? 0, t[at] ?? 0));
}

function overSamples(sums: Float64Array, classes: number): Float64Array {
  const samples = sums.length / classes;
  return Float64Array.from({ length: classes }, (_, column) =>
    compensatedSum(samples, (sample) => sums[sample * classes + column] ?? 0),
  );
}
