import { filled, type NamedArray } from '../../execute/named-array.js';
import type { Axis } from '../../expression/node.js';
import { maskChannels } from '../../plan/inputs.js';
import type { Plan, PlanTerm } from '../../plan/plan.js';
import { channelUse } from '../../spec/channel-use.js';

/** One sample of four voxels on which a class is watched: the last scored class of the first term. */
export interface Example {
  readonly channels: number;
  /** The channels of the prediction that make up the class. */
  readonly watched: readonly number[];
  /** The label of a voxel that has the class, and of one that has not. */
  readonly present: number;
  readonly other: number;
  /** Whether a label belongs to a channel of the prediction. */
  readonly belongs: (label: number, channel: number) => boolean;
}

export const voxels = 4;

/** The smallest network that fits the plan. */
export function exampleOf(plan: Plan): Example {
  const [term] = plan.terms;
  const fixed = plan.terms.flatMap(fixedChannels);
  const least = plan.target.kind === 'binary' ? 1 : 2;
  const needed = Math.max(least, ...plan.terms.map(usedChannels));
  const members = term === undefined ? undefined : lastMembers(term);
  const covered = members?.merge === 'both' && members.labels.length >= needed;
  const channels = fixed[0] ?? (covered ? needed + 1 : needed);
  const labels = members?.labels ?? [channels - 1];
  const classes = term && channelUse(term).classes;
  const regions = classes?.kind === 'regions' ? classes : undefined;
  const merged = regions?.merge === 'target' ? regions.regions : undefined;
  const binary = plan.target.kind === 'binary';
  const ignore = 'ignore' in plan.target ? plan.target.ignore : undefined;
  const free = Array.from({ length: channels + labels.length + 2 }, (_, label) => label);
  return {
    channels,
    watched: merged === undefined ? labels : [merged.length - 1],
    present: binary ? 1 : (labels[0] ?? 0),
    other: binary ? 0 : (free.find((label) => !labels.includes(label) && label !== ignore) ?? 0),
    belongs: (label, channel) => {
      if (binary) return label === 1;
      return merged === undefined ? label === channel : (merged[channel] ?? []).includes(label);
    },
  };
}

/** Number of channels that a term can have only. */
function fixedChannels(term: PlanTerm): readonly number[] {
  const { classes, weights, channels } = channelUse(term);
  if (channels !== undefined) return [channels];
  if (classes.kind === 'regions' && classes.merge === 'target') return [classes.regions.length];
  if (weights === undefined || (classes.kind !== 'all' && classes.kind !== 'foreground')) return [];
  return [weights + (classes.kind === 'foreground' ? 1 : 0)];
}

/** Number of channels that a term has at least. */
function usedChannels(term: PlanTerm): number {
  const { classes } = channelUse(term);
  if (classes.kind === 'list') return Math.max(...classes.channels) + 1;
  if (classes.kind !== 'regions' || classes.merge === 'target') return 1;
  return Math.max(...classes.regions.flat()) + 1;
}

function lastMembers(
  term: PlanTerm,
): { readonly labels: readonly number[]; readonly merge: string } | undefined {
  const { classes } = channelUse(term);
  if (classes.kind === 'list') return { labels: classes.channels.slice(-1), merge: 'both' };
  if (classes.kind !== 'regions') return undefined;
  return { labels: classes.regions.at(-1) ?? [], merge: classes.merge };
}

/** The inputs of a plan for a label per voxel and probabilities; every voxel counts once. */
export function exampleInputs(
  plan: Plan,
  { channels, belongs }: Example,
  labels: readonly number[],
  p: (channel: number, voxel: number) => number,
): Readonly<Record<string, NamedArray>> {
  const voxels = labels.length;
  const planes = (value: (channel: number, voxel: number) => number): NamedArray => {
    const axes: readonly Axis[] = ['sample', 'channel', 'voxel'];
    return filled(axes, [1, channels, voxels], (at) => value(Math.floor(at / voxels), at % voxels));
  };
  const label = (voxel: number): number => labels[voxel] ?? 0;
  const ones = (): NamedArray => filled(['sample', 'voxel'], [1, voxels], () => 1);
  return {
    prediction: planes(p),
    target:
      plan.target.kind === 'labels'
        ? filled(['sample', 'voxel'], [1, voxels], label)
        : planes((channel, voxel) => (belongs(label(voxel), channel) ? 1 : 0)),
    mask: maskChannels(plan) === 'all' ? planes(() => 1) : ones(),
  };
}
