import { shown } from '../../schema/problem.js';
import { configError } from '../config-error.js';
import { entry, isTreeRecord, type Tree } from '../config-tree.js';

/** What a configuration of the plans says about the loss. */
export interface PlansConfiguration {
  readonly batchDice: boolean;
  readonly rank: number;
  /** Outputs of the network with deep supervision. */
  readonly levels: number;
}

/**
 * A configuration of a `plans.json`, with what it inherits.
 *
 * Source: nnU-Net 2.8.1, nnunetv2/utilities/plans_handling/plans_handler.py,
 * nnUNetTrainer `_get_deep_supervision_scales`.
 *
 * @throws ConfigError - where it is missing or says too little.
 */
export function plansConfiguration(plans: Tree, name: string): PlansConfiguration {
  const configurations = entry(plans, 'configurations');
  const chain: Tree[] = [];
  const names: string[] = [];
  let next: string | undefined = name;
  while (next !== undefined) {
    const found: Tree | undefined = entry(configurations, next);
    const path = `plans.configurations.${next}`;
    if (!isTreeRecord(found)) {
      const known = isTreeRecord(configurations) ? Object.keys(configurations).join(', ') : 'none';
      throw configError(path, `one of ${known}`, shown(found));
    }
    if (names.includes(next)) {
      throw configError(path, 'inheritance without a circle', [...names, next].join(' -> '));
    }
    names.push(next);
    chain.push(found);
    const parent: Tree | undefined = entry(found, 'inherits_from');
    next = typeof parent === 'string' ? parent : undefined;
  }
  const first = (read: (tree: Tree) => Tree | undefined): Tree | undefined =>
    chain.map(read).find((value) => value !== undefined);
  const path = `plans.configurations.${name}`;
  const batchDice = first((tree) => entry(tree, 'batch_dice'));
  if (typeof batchDice !== 'boolean') {
    throw configError(`${path}.batch_dice`, 'true or false', shown(batchDice));
  }
  const patch = first((tree) => entry(tree, 'patch_size'));
  if (!Array.isArray(patch) || (patch.length !== 2 && patch.length !== 3)) {
    throw configError(`${path}.patch_size`, 'a list of 2 or 3 sizes', shown(patch));
  }
  const strides = first(
    (tree) =>
      entry(entry(entry(tree, 'architecture'), 'arch_kwargs'), 'strides') ??
      entry(tree, 'pool_op_kernel_sizes'),
  );
  if (!Array.isArray(strides) || strides.length < 2) {
    throw configError(
      `${path}.architecture.arch_kwargs.strides`,
      'a list per stage',
      shown(strides),
    );
  }
  return { batchDice, rank: patch.length, levels: strides.length - 1 };
}
