import { inputProblems, maskChannels, type Plan, targetIsSparse } from '@softdice/core';
import { misused } from '../usage-error.js';

/**
 * A number of channels that fits a loss: the one given, else the least from 3 up, else from 1.
 *
 * @throws UsageError - if the one that was given does not fit.
 */
export function channelsOf(plan: Plan, rank: number, given: number | undefined): number {
  const fits = (channels: number): boolean => {
    const spatial = Array<number>(rank).fill(1);
    const [prediction, sparse] = [
      [1, channels, ...spatial],
      [1, ...spatial],
    ];
    const target = targetIsSparse(plan) ? sparse : prediction;
    const mask = { none: undefined, one: sparse, all: prediction }[maskChannels(plan)];
    return inputProblems(plan, { prediction, target, mask }).length === 0;
  };
  const candidates = given === undefined ? [3, 4, 2, 1] : [given];
  const larger = given === undefined ? Array.from({ length: 250 }, (_, at) => at + 5) : [];
  const found = [...candidates, ...larger].find(fits);
  if (found !== undefined) return found;
  throw misused(
    '--channels',
    'a number of channels that fits the loss',
    String(given ?? 'nothing'),
  );
}
