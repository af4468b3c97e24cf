import { componentLoss } from './component-loss.js';
import type { ConfigLoss, ConfigOptions } from './config-loss.js';
import { configTree } from './config-tree.js';
import { monaiValue } from './monai-references.js';

/**
 * The loss of a MONAI bundle's train config, as text of a JSON or YAML file or as its value.
 *
 * References `@a::b`, `@#a` and macros `%a` are followed. Expressions `$…` are never evaluated: values,
 * references, `torch.tensor` of a value and dotted names are read, all others refused by their place.
 *
 * @throws ConfigError - listing what cannot be read.
 *
 * @example
 * ```ts
 * import { importCall } from '@softdice/core/peers';
 *
 * const loss = readMonaiBundle(`
 * network_def: { _target_: UNet, spatial_dims: 3, out_channels: 2 }
 * loss: { _target_: DiceCELoss, to_onehot_y: true, softmax: true }
 * `);
 * importCall(loss).spec;
 * ```
 */
export function readMonaiBundle(config: unknown, options: ConfigOptions = {}): ConfigLoss {
  return componentLoss(configTree(config), options, {
    separator: '::',
    short: true,
    value: monaiValue,
  });
}
