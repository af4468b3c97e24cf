import { channelUse, type Plan, type Problem } from '@softdice/core';
import { firstWrong, firstWrongSum, type VoxelValues } from './voxel-values.js';

/**
 * What is wrong with the numbers of a target.
 *
 * @param channels - Of the network.
 * @param counts - Whether a voxel lies in the mask.
 */
export function targetProblems(
  plan: Plan,
  target: VoxelValues,
  channels: number,
  counts: (voxel: number) => boolean,
): readonly Problem[] {
  const path = 'target';
  const problem = (expected: string, received: string | undefined, fix: string) =>
    received === undefined ? [] : [{ path, expected, received, fix }];
  const isBit = (value: number): boolean => value === 0 || value === 1;
  switch (plan.target.kind) {
    case 'labels': {
      const { ignore } = plan.target;
      const [least, most] = labelRange(plan, channels);
      const found = firstWrong(
        target,
        (value, at) =>
          counts(at) &&
          value !== ignore &&
          !(Number.isInteger(value) && value >= least && value <= most),
      );
      const left = ignore === undefined ? '' : ` or ${ignore}, which is ignored`;
      return problem(
        `whole labels ${most === Number.POSITIVE_INFINITY ? `from ${least}` : `from ${least} to ${most}`}${left}`,
        found,
        found !== undefined && Number.isInteger(Number.parseFloat(found))
          ? 'the label has no channel: leave it out by { kind: "labels", ignore }, or give the network one'
          : 'label maps are resized without interpolation',
      );
    }
    case 'binary': {
      const { ignore } = plan.target;
      const left = ignore === undefined ? '' : ` or ${ignore}, which is ignored`;
      return problem(
        `0 or 1${left}`,
        firstWrong(target, (value, at) => counts(at) && value !== ignore && !isBit(value)),
        "masks of 0 and 255 are divided by 255; for fractions use target 'soft'",
      );
    }
    case 'one-hot': {
      const bits = firstWrong(target, (value) => !isBit(value));
      if (bits !== undefined) return problem('0 or 1', bits, "for fractions use target 'soft'");
      const mass = plan.voxels.kind === 'target-mass';
      return problem(
        `one channel of each voxel${mass ? ', or none,' : ''} that is 1`,
        firstWrongSum(target, (sum, voxel) => counts(voxel) && sum !== 1 && !(mass && sum === 0)),
        "channels that overlap are target 'multilabel'; voxels of no class are left out by voxels 'target-mass'",
      );
    }
    case 'multilabel':
      return problem(
        '0 or 1',
        firstWrong(target, (value) => !isBit(value)),
        "for fractions use target 'soft'",
      );
    case 'soft':
      return problem(
        'shares in [0, 1]',
        firstWrong(target, (value) => !(value >= 0 && value <= 1)),
        'images of 0 to 255 are divided by 255',
      );
  }
}

/** Labels that mean something: those of the channels, or, where regions merge the target alone, all. */
function labelRange(plan: Plan, channels: number): readonly [least: number, most: number] {
  const regions = plan.terms.some((term) => {
    const { classes } = channelUse(term);
    return classes.kind === 'regions' && classes.merge === 'target';
  });
  return [0, regions ? Number.POSITIVE_INFINITY : channels - 1];
}
