import { countOf } from '../counting/count.js';
import type { Builder } from '../expression/builder.js';
import type { Node } from '../expression/node.js';
import { type Counts, ratio } from '../indices/ratio.js';
import type { PlanTermOf } from '../plan/plan.js';
import { transformed } from '../transforms/transform.js';
import { classWeights } from './class-weights.js';
import { reduced } from './reduction.js';
import { scoredVoxels } from './scored-voxels.js';
import type { TermRule } from './term.js';
import { rescaled } from './voxels.js';

/** Overlap of prediction and target: voxel sums, then a score per cell, then a loss. */
export const overlap: TermRule<'overlap'> = {
  additive: () => 'voxels',
  statistics: (b, plan, term, inputs) => {
    const { p, mass, sum } = scoredVoxels(b, plan, term, inputs);
    const maps = {
      ...countOf(term.counting).maps(b, p, rescaled(b, mass, plan.rescale), term.counting),
      ...targetMasses(b, term, mass),
    };
    return Object.fromEntries(Object.entries(maps).map(([symbol, map]) => [symbol, sum(map)]));
  },
  head: (b, term, statistic) => {
    const { index, smoothing, power, weights, absent } = term;
    const vector = classWeights(b, weights, () => statistic('M'));
    const cell = cells(b, term, statistic, vector);
    const numerator = ratio(b, { ...cell.counts, intersection: cell.weighted }, index).numerator;
    const denominator = ratio(b, cell.counts, index).denominator;
    const smoothed = b.add(denominator, b.real(smoothing.denominator));
    const score = b.div(
      b.add(numerator, b.real(smoothing.numerator)),
      smoothing.floor === 0 ? smoothed : b.max(smoothed, b.real(smoothing.floor)),
    );
    const onScore = weights.kind !== 'none' && weights.on === 'score';
    const onLoss = weights.kind !== 'none' && weights.on === 'loss';
    const weighted = onScore ? b.mul(vector, score) : score;
    const late = term.transformed === 'mean';
    const raw = late ? weighted : transformed(b, weighted, term.transform);
    const powered = powerOf(b, raw, power.cell, power.floor);
    const present =
      absent.kind === 'keep' ? undefined : b.less(b.real(absent.threshold), cell.mass());
    const cellLoss =
      present !== undefined && absent.kind === 'zero' ? b.mul(present, powered) : powered;
    const byMean = onLoss && weights.normalise === 'weighted-mean';
    const loss = reduced(b, {
      cells: onLoss && !byMean ? b.mul(vector, cellLoss) : cellLoss,
      like: score,
      reduction: term.reduction,
      ...(absent.kind === 'skip' && present !== undefined ? { present } : {}),
      ...(byMean ? { weights: vector } : {}),
    });
    return {
      loss: powerOf(
        b,
        late ? transformed(b, loss, term.transform) : loss,
        power.reduced,
        power.floor,
      ),
      scores: score,
      ...(weights.kind === 'none' ? {} : { weights: vector }),
    };
  },
};

/** M, the target mass where it is asked for, and A, that of the voxels above the level of presence. */
function targetMasses(
  b: Builder,
  term: PlanTermOf<'overlap'>,
  mass: Node,
): Readonly<Record<string, Node>> {
  const { absent, weights } = term;
  const symbol = presence(term);
  return {
    ...(weights.kind === 'volume' || symbol === 'M' ? { M: mass } : {}),
    ...(absent.kind !== 'keep' && symbol === 'A'
      ? { A: b.mul(b.less(b.real(absent.level), mass), mass) }
      : {}),
  };
}

/** The sum that says whether a class is present, where that matters. */
function presence({ absent }: PlanTermOf<'overlap'>): 'M' | 'A' | undefined {
  if (absent.kind === 'keep') return undefined;
  return absent.level === 0 ? 'M' : 'A';
}

/** The counts of each cell, classes merged and weighted where the term says so. */
function cells(
  b: Builder,
  term: PlanTermOf<'overlap'>,
  statistic: (symbol: string) => Node,
  vector: Node,
): { readonly counts: Counts; readonly weighted: Node; readonly mass: () => Node } {
  const { weights, per } = term;
  const counts = countOf(term.counting).counts(b, statistic);
  const on = weights.kind === 'none' ? 'loss' : weights.on;
  const merged = (x: Node): Node =>
    per === 'merged-image' || per === 'everything' ? b.sum(x, ['class']) : x;
  const times = (x: Node): Node => merged(b.mul(vector, x));
  const plain = {
    intersection: merged(counts.intersection),
    predicted: merged(counts.predicted),
    targeted: merged(counts.targeted),
    falsePositives: merged(counts.falsePositives),
    falseNegatives: merged(counts.falseNegatives),
  };
  const mass = (): Node => merged(statistic(presence(term) ?? 'M'));
  switch (on) {
    case 'loss':
    case 'score':
      return { counts: plain, weighted: plain.intersection, mass };
    case 'intersection':
      return { counts: plain, weighted: times(counts.intersection), mass };
    case 'both-sums':
    case 'both-factors': {
      const intersection =
        on === 'both-sums'
          ? times(counts.intersection)
          : merged(b.mul(b.mul(vector, vector), counts.intersection));
      const heavy = {
        intersection,
        predicted: times(counts.predicted),
        targeted: times(counts.targeted),
        falsePositives: times(counts.falsePositives),
        falseNegatives: times(counts.falseNegatives),
      };
      return { counts: heavy, weighted: intersection, mass };
    }
  }
}

function powerOf(b: Builder, x: Node, exponent: number, floor: number): Node {
  return exponent === 1 ? x : b.pow(b.max(x, b.real(floor)), exponent);
}
