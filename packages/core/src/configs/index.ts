export { ConfigError } from './config-error.js';
export type { ConfigLoss, ConfigOptions } from './config-loss.js';
export { readHydra } from './hydra.js';
export { readKeras } from './keras.js';
export { readMonaiBundle } from './monai-bundle.js';
export { type NnunetFiles, readNnunet } from './nnunet.js';
