import { componentLoss } from './component-loss.js';
import type { ConfigLoss, ConfigOptions } from './config-loss.js';
import { configTree } from './config-tree.js';
import { hydraValue } from './hydra-references.js';

/**
 * The loss of a Hydra config, as text of its YAML or as its value: a block whose `_target_` is a loss of
 * one of the libraries, with `_args_` by position.
 *
 * Interpolations of places are followed; resolvers and `_partial_` are refused by their place.
 *
 * @throws ConfigError - listing what cannot be read.
 *
 * @example
 * ```ts
 * readHydra(
 *   `
 * model: { _target_: segmentation_models_pytorch.Unet, classes: 3 }
 * loss: { _target_: segmentation_models_pytorch.losses.DiceLoss, mode: multiclass }
 * `,
 *   { context: { rank: 2 } },
 * ).args;
 * // { mode: 'multiclass' }
 * ```
 */
export function readHydra(config: unknown, options: ConfigOptions = {}): ConfigLoss {
  return componentLoss(configTree(config), options, {
    separator: '.',
    short: false,
    value: hydraValue,
  });
}
