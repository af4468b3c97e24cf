import type { ArgumentValues } from '../argument.js';
import type { Situation } from '../situation.js';
import type { torchReduction } from './entropy-arguments.js';

/** A value per voxel and deprecated names are refused. */
export function refuseOlderNames(
  args: ArgumentValues<typeof torchReduction>,
  path: string,
  { refuse }: Pick<Situation, 'refuse'>,
): void {
  if (args.reduction === 'none') {
    refuse(
      `${path}.reduction`,
      "'mean' | 'sum'",
      "'none' gives a value per voxel, which no spec says",
    );
  }
  for (const name of ['size_average', 'reduce'] as const) {
    if (args[name] !== null) refuse(`${path}.${name}`, 'null', 'give reduction instead');
  }
}
