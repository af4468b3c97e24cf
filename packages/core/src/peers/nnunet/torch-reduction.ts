import type { ArgumentValues } from '../argument.js';
import type { Situation } from '../situation.js';
import type { torchReduction } from './entropy-arguments.js';

/**
 * The reduction that torch takes: the older names go before the newer one.
 *
 * Source: torch 2, torch/nn/_reduction.py (`legacy_get_string`).
 */
export function reductionOf(
  { reduction, size_average: average, reduce }: ArgumentValues<typeof torchReduction>,
  path: string,
  { refuse }: Pick<Situation, 'refuse'>,
): 'mean' | 'sum' {
  const older = average !== null || reduce !== null;
  const word = !older ? reduction : reduce === false ? 'none' : average === false ? 'sum' : 'mean';
  if (word !== 'none') return word;
  const argument = `${path}.${older ? 'reduce' : 'reduction'}`;
  refuse(argument, 'a mean or a sum over the voxels', 'no spec says a value per voxel');
  return 'mean';
}
