import { through } from '../numeric/dual.js';
import type { Transform } from './transform.js';

/** `1 - s`, with derivative -1. Source: MONAI 1.5.0 `DiceLoss`. */
export function complement(): Transform {
  return (s) => through(s, 1 - s.value, -1);
}
