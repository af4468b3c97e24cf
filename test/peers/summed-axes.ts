import type { OverlapOptions } from '@softdice/core';
import type { NotOurs } from './peer-loss.js';

/**
 * Which sums make a score, where a peer names the axes that are summed; all of them by default.
 *
 * Axis 0 holds the samples.
 */
export function perSummed(
  rank: number,
  axes: readonly number[] | undefined,
  channels: 'channels-first' | 'channels-last',
): NonNullable<OverlapOptions['per']> | NotOurs {
  if (axes === undefined || rank === 1) return 'everything';
  const summed = new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)));
  const channel = channels === 'channels-first' ? 1 : rank - 1;
  const spatial = Array.from({ length: rank }, (_, axis) => axis).filter(
    (axis) => axis !== 0 && axis !== channel,
  );
  if (!spatial.every((axis) => summed.has(axis))) {
    return { notOurs: `axes ${JSON.stringify(axes)} leave a value per voxel` };
  }
  if (summed.has(0)) return summed.has(channel) ? 'everything' : 'batch';
  return summed.has(channel) ? 'merged-image' : 'image';
}
