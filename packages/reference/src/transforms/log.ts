import { atLeast, through } from '../numeric/dual.js';
import type { Transform } from './transform.js';

/**
 * `-log max(s, floor)`, with derivative `-1 / s` above the floor, 0 below, half of it at the floor.
 *
 * Source: segmentation_models.pytorch `DiceLoss(log_loss=True)`; Wong et al. 2018
 * (arXiv:1809.00076), equation 2 with exponent 1.
 */
export function log({ floor }: { readonly floor: number }): Transform {
  return (s) => {
    const floored = atLeast(s, floor);
    return through(floored, -Math.log(floored.value), -1 / floored.value);
  };
}
