import { combine, type LossSpec, planOf } from '@softdice/core';
import type { GoldenCase } from './golden-case.js';
import type { NotOurs, PeerBuilder, PeerLoss } from './peer-loss.js';

/** The constructor arguments of a part of a compound loss. */
export function withArguments(golden: GoldenCase, args: GoldenCase['args']): GoldenCase {
  return { ...golden, args };
}

/** The arguments without some of them. */
export function without(args: GoldenCase['args'], names: readonly string[]): GoldenCase['args'] {
  return Object.fromEntries(Object.entries(args).filter(([name]) => !names.includes(name)));
}

/** An overlap loss by its peer's builder, and another loss of the same inputs, added with weights. */
export function compound(
  golden: GoldenCase,
  overlap: PeerBuilder,
  [first, second]: readonly [number, number],
  other: (overlap: PeerLoss) => LossSpec,
): PeerLoss | NotOurs {
  const part = overlap(golden);
  if ('notOurs' in part) return part;
  const spec = combine([
    [first, part.spec],
    [second, other(part)],
  ]);
  return { ...part, spec };
}

/** What terms of a loss share. */
export function sharedOf(spec: LossSpec): Pick<LossSpec, 'target' | 'voxels' | 'rescale'> {
  const { target, voxels, rescale } = planOf(spec);
  return { target, voxels, rescale };
}
