import type { PeerContext } from '../peers/context.js';
import { shown } from '../schema/problem.js';
import { configError } from './config-error.js';
import type { ConfigLoss } from './config-loss.js';
import { configTree } from './config-tree.js';
import { plansConfiguration } from './nnunet/configuration.js';
import { datasetLabels } from './nnunet/labels.js';
import { trainers } from './nnunet/trainers.js';

/** What nnU-Net makes its loss of. */
export interface NnunetFiles {
  /** `dataset.json`, as text or value. */
  readonly dataset: unknown;
  /** `nnUNetPlans.json`, as text or value. */
  readonly plans: unknown;
  /** Such as `3d_fullres`, the default. */
  readonly configuration?: string;
  /** The class name of the trainer; `nnUNetTrainer` by default. */
  readonly trainer?: string;
  readonly context?: Omit<Partial<PeerContext>, 'channels' | 'rank' | 'levels'>;
}

/**
 * The loss with which nnU-Net trains: of labels or regions, with or without an ignore label, one process.
 *
 * @throws ConfigError - for a trainer that is not known, and for what nnU-Net would refuse.
 *
 * @example
 * ```ts
 * readNnunet({
 *   dataset: { labels: { background: 0, liver: 1, tumour: 2 } },
 *   plans: { configurations: { '2d': { batch_dice: true, patch_size: [512, 512], pool_op_kernel_sizes: [[1, 1], [2, 2], [2, 2]] } } },
 *   configuration: '2d',
 * }).className;
 * // 'DeepSupervisionWrapper'
 * ```
 */
export function readNnunet(files: NnunetFiles): ConfigLoss {
  const { configuration = '3d_fullres', trainer = 'nnUNetTrainer', context = {} } = files;
  const chosen = Object.hasOwn(trainers, trainer) ? trainers[trainer] : undefined;
  if (chosen === undefined) {
    const fix = "say the class that its _build_loss makes, to 'fromNnunet'";
    throw configError('trainer', 'a trainer of nnU-Net itself', shown(trainer), fix);
  }
  const labels = datasetLabels(configTree(files.dataset, 'dataset'));
  const { batchDice, rank, levels } = plansConfiguration(
    configTree(files.plans, 'plans'),
    configuration,
  );
  const loss = chosen.loss(labels, batchDice);
  if (typeof loss === 'string') throw configError('dataset.labels', loss, trainer);
  const { regions, ignore, channels } = labels;
  const notes = [
    ...(regions === undefined
      ? []
      : [`the channels are the regions ${regions.map((one) => `{${one.join(', ')}}`).join(', ')}`]),
    ...(regions !== undefined && ignore !== undefined
      ? [`voxels of label ${ignore} have mask 0, all others 1`]
      : []),
  ];
  const target = regions === undefined ? 'sparse' : 'onehot';
  const own = { channels, rank, target, ...context } as const;
  const shared = { library: 'nnunet', at: trainer, notes } as const;
  if (!chosen.deepSupervision) {
    return { ...shared, className: loss.class, args: loss.args, context: own };
  }
  if (levels < 2) {
    const fix = 'nnU-Net gives the lowest of the levels no weight, and divides by their sum';
    throw configError(
      'plans',
      'three stages or more with deep supervision',
      String(levels + 1),
      fix,
    );
  }
  return {
    ...shared,
    className: 'DeepSupervisionWrapper',
    args: { loss, weight_factors: levelWeights(levels) },
    context: { ...own, levels },
  };
}

/** 1, 1/2, 1/4, …, the last one 0, divided by their sum. */
function levelWeights(levels: number): readonly number[] {
  const weights = Array.from({ length: levels }, (_, level) =>
    level === levels - 1 ? 0 : 2 ** -level,
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
