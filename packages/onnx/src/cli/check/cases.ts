import { channelUse, maskChannels, type Plan } from '@softdice/core';
import { type Plain, plain } from './tensors.js';

/** Inputs of a loss under a name that says what is special about them. */
export interface CheckCase {
  readonly name: string;
  readonly prediction: Plain;
  readonly target: Plain;
  readonly mask?: Plain;
}

/** What the inputs of a loss are made for. */
export interface CheckSetting {
  readonly plan: Plan;
  readonly channels: number;
  readonly spatialRank: number;
  readonly seed: number;
  /** How many random inputs there are. */
  readonly randomCases: number;
}

/** Random inputs, then degenerate ones. */
export function checkCases(setting: CheckSetting): readonly CheckCase[] {
  const { plan, randomCases, seed, spatialRank } = setting;
  const random = Array.from({ length: randomCases }, (_, at) => {
    const sizes = spatialSizes(spatialRank, at);
    return caseOf(setting, `random ${at + 1}`, sizes, seed + at, {});
  });
  const sizes = spatialSizes(spatialRank, 0);
  const degenerate: readonly (readonly [string, Shape, (readonly number[])?])[] = [
    ['first class everywhere', { target: 'first' }],
    ['last class everywhere', { target: 'last' }],
    ['prediction uniform', { prediction: 'uniform' }],
    ['prediction saturated', { prediction: 'saturated' }],
    ['prediction perfect', { prediction: 'perfect' }],
    ['one voxel', {}, sizes.map(() => 1)],
    ...(maskChannels(plan) === 'none' ? [] : ([['nothing counts', { mask: 'zeros' }]] as const)),
    ...('ignore' in plan.target && plan.target.ignore !== undefined
      ? ([['everything ignored', { target: 'ignored' }]] as const)
      : []),
  ];
  const others = degenerate.map(([name, shape, own = sizes]) =>
    caseOf(setting, name, own, seed, shape),
  );
  return [...random, ...others];
}

/** What is special about a case. */
interface Shape {
  readonly prediction?: 'uniform' | 'saturated' | 'perfect';
  readonly target?: 'first' | 'last' | 'ignored';
  readonly mask?: 'zeros';
}

function spatialSizes(rank: number, at: number): readonly number[] {
  const sizes = [7, 5, 6];
  return Array.from({ length: rank }, (_, axis) => (sizes[(axis + at) % 3] ?? 4) + at);
}

function caseOf(
  { plan, channels }: CheckSetting,
  name: string,
  spatial: readonly number[],
  seed: number,
  { prediction, target, mask }: Shape,
): CheckCase {
  const next = random(seed);
  const dense = [2, channels, ...spatial];
  const voxels = spatial.reduce((product, size) => product * size, 1);
  const targets = targetOf(plan, channels, spatial, next, target);
  const probabilities = plan.terms.some(({ activation }) => activation === 'none');
  /** How much a channel is the target's, in [0, 1]. */
  const share = (at: number): number => {
    const [sample, voxel] = [Math.floor(at / voxels / channels), at % voxels];
    const channel = Math.floor(at / voxels) % channels;
    if (plan.target.kind !== 'labels') return Math.min(targets.data[at] ?? 0, 1);
    return targets.data[sample * voxels + voxel] === channel ? 1 : 0;
  };
  const number = (at: number): number => {
    switch (prediction) {
      case 'uniform':
        return probabilities ? 1 / channels : 0;
      case 'saturated':
        return probabilities ? Math.round(next()) : next() < 0.5 ? -1e4 : 1e4;
      case 'perfect':
        return probabilities ? share(at) : (share(at) - 0.5) * 60;
      default:
        return probabilities ? next() : (next() - 0.5) * 6;
    }
  };
  const wanted = maskChannels(plan);
  const masks = plain(wanted === 'all' ? dense : [2, 1, ...spatial], () =>
    mask === 'zeros' ? 0 : plan.voxels.kind === 'weights' ? next() : Math.round(next()),
  );
  return {
    name,
    prediction: plain(dense, number),
    target: targets,
    ...(wanted === 'none' ? {} : { mask: masks }),
  };
}

/** A target of the plan's kind. */
export function targetOf(
  plan: Plan,
  channels: number,
  spatial: readonly number[],
  next: () => number,
  kind: Shape['target'],
): Plain {
  const voxels = spatial.reduce((product, size) => product * size, 1);
  const dense = [2, channels, ...spatial];
  const ignore = 'ignore' in plan.target ? plan.target.ignore : undefined;
  const isIgnored = (): boolean =>
    ignore !== undefined && (kind === 'ignored' || (kind === undefined && next() < 0.1));
  const labels = labelsOf(plan, channels);
  const label = (): number => {
    const at = kind === 'first' ? 0 : kind === 'last' ? labels.length - 1 : next() * labels.length;
    return labels[Math.floor(at)] ?? 0;
  };
  const mark = (): number => (kind === 'first' ? 0 : kind === 'last' ? 1 : Math.round(next()));
  switch (plan.target.kind) {
    case 'labels':
      return plain([2, ...spatial], () => (isIgnored() ? (ignore ?? 0) : label()));
    case 'binary':
    case 'multilabel':
      return plain(dense, () => (isIgnored() ? (ignore ?? 0) : mark()));
    case 'one-hot': {
      const chosen = Array.from({ length: 2 * voxels }, () =>
        kind === 'first' ? 0 : kind === 'last' ? channels - 1 : Math.floor(next() * channels),
      );
      return plain(dense, (at) => {
        const [sample, voxel] = [Math.floor(at / voxels / channels), at % voxels];
        const channel = Math.floor(at / voxels) % channels;
        return chosen[sample * voxels + voxel] === channel ? 1 : 0;
      });
    }
    case 'soft':
      return plain(dense, () => (kind === undefined ? next() : mark()) / sharing(plan, channels));
  }
}

/** Soft targets of a softmax sum to 1 at most. */
function sharing({ terms }: Plan, channels: number): number {
  const exclusive = terms.some(({ activation }) => activation === 'softmax');
  return exclusive ? channels : 1;
}

/** The labels that a target may have: channels, or what regions of the target name. */
function labelsOf(plan: Plan, channels: number): readonly number[] {
  const named = plan.terms.flatMap((term) => {
    const { classes } = channelUse(term);
    return classes.kind === 'regions' && classes.merge === 'target' ? classes.regions.flat() : [];
  });
  const all = named.length > 0 ? [0, ...named] : Array.from({ length: channels }, (_, at) => at);
  return [...new Set(all)];
}

/** Numbers in [0, 1) that are the same for the same seed: mulberry32. */
export function random(seed: number): () => number {
  let state = Math.trunc(seed) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
