import { InputError, shown } from '../schema/problem.js';
import { channelUse } from '../spec/channel-use.js';
import type { Plan } from './plan.js';

/** The numbers of spatial axes that terms of neighbouring voxels know. */
export const neighbourhoodRanks: readonly number[] = [2, 3];

/** Whether a plan has a term that looks at neighbouring voxels, so that the spatial axes matter. */
export function looksAtNeighbours({ terms }: Plan): boolean {
  return terms.some((term) => channelUse(term).neighbours === true);
}

/**
 * The number of spatial axes for a plan; 0 where it does not matter.
 *
 * @throws InputError - where it matters and is not 2 or 3.
 */
export function spatialRankOf(plan: Plan, received: number | undefined): number {
  if (!looksAtNeighbours(plan)) return 0;
  if (received !== undefined && neighbourhoodRanks.includes(received)) return received;
  const expected = '2 or 3 for a loss that looks at neighbouring voxels';
  const fix = 'give the number of spatial axes: 2 for images, 3 for volumes';
  throw new InputError([{ path: 'spatialRank', expected, received: shown(received), fix }]);
}
