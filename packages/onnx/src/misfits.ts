import { additiveOf, channelUse, type Plan, type Problem, shown } from '@softdice/core';
import type { ExportOptions, LabelType } from './options.js';

/** Smallest and largest label of each type. */
const labelRange: { readonly [T in LabelType]: readonly [number, number] } = {
  uint8: [0, 2 ** 8 - 1],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

/**
 * Options that are allowed, but not with this plan or beside each other: E1, label types belong to labels;
 * E2, a cotangent belongs to a gradient; E3, a label type holds every label that the plan names; E5, blocks are of voxels, over which the statistics add.
 */
export function misfits(plan: Plan, options: ExportOptions): readonly Problem[] {
  const { labels, outputs, cotangent } = options;
  const problems: Problem[] = [...blockProblems(plan, options)];
  if (labels !== undefined && plan.target.kind !== 'labels') {
    const expected = `none with target '${plan.target.kind}'`;
    const fix = "remove it: only a 'labels' target is of integers";
    problems.push({ path: 'labels', expected, received: shown(labels), fix, constraint: 'E1' });
  }
  if (cotangent === 'input' && Array.isArray(outputs) && !outputs.includes('gradient')) {
    const expected = "'ones' where the gradient is no output";
    const fix = "add 'gradient' to the outputs";
    const received = shown(cotangent);
    problems.push({ path: 'cotangent', expected, received, fix, constraint: 'E2' });
  }
  if (plan.target.kind !== 'labels') return problems;
  return [...problems, ...labelProblems(labels ?? 'int64', namedLabels(plan))];
}

/** E5: blocks of a loss that cannot be computed in blocks. */
function blockProblems(
  plan: Plan,
  { blockSize = 'all', spatialRank }: ExportOptions,
): readonly Problem[] {
  const additive = additiveOf(plan);
  if (blockSize === 'all' || (additive === 'voxels' && spatialRank !== 0)) return [];
  const expected =
    spatialRank === 0
      ? "'all' where there are no voxels"
      : "'all' of a loss whose statistics do not add over voxels";
  const [path, received, constraint] = ['blockSize', shown(blockSize), 'E5'];
  return [{ path, expected, received, fix: 'leave it out', constraint }];
}

/** E3: labels that are named and that a type does not hold. */
export function labelProblems(type: LabelType, named: readonly number[]): readonly Problem[] {
  if (!Object.hasOwn(labelRange, type)) return [];
  const [least, most] = labelRange[type];
  const outside = named.filter((label) => label < least || label > most);
  if (outside.length === 0) return [];
  const expected = `a type that holds the label${outside.length > 1 ? 's' : ''} ${outside.join(', ')}`;
  const fix = "use 'int32' or 'int64', or other labels in the spec";
  return [{ path: 'labels', expected, received: shown(type), fix, constraint: 'E3' }];
}

/** The labels that a plan mentions. */
function namedLabels({ target, terms }: Plan): readonly number[] {
  const ignored = target.kind === 'labels' && target.ignore !== undefined ? [target.ignore] : [];
  const members = terms.flatMap((term) => {
    const { classes } = channelUse(term);
    return classes.kind === 'regions' ? classes.regions.flat() : [];
  });
  return [...new Set([...ignored, ...members])];
}
