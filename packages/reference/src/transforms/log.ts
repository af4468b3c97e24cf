import { atLeast, combination, plus, through } from '../numeric/dual.js';
import type { Transform } from './transform.js';

/**
 * `-log max(a s + b, floor)`, with derivative `-a / (a s + b)` above the floor, 0 below, half of it at
 * the floor.
 *
 * Source: segmentation_models.pytorch `DiceLoss(log_loss=True)`; Wong et al. 2018 (arXiv:1809.00076),
 * equation 2 with exponent 1; PyMIC `ExpLogLoss` for a = 0.99 and b = 0.005.
 */
export function log({
  floor,
  scale,
  offset,
}: {
  readonly floor: number;
  readonly scale: number;
  readonly offset: number;
}): Transform {
  return (s) => {
    const floored = atLeast(plus(combination([scale, s]), offset), floor);
    return through(floored, -Math.log(floored.value), -1 / floored.value);
  };
}
