import { through } from '../numeric/dual.js';
import type { Transform } from './transform.js';

/** `-s`, with derivative -1. Source: nnU-Net v2 `SoftDiceLoss`. */
export function negative(): Transform {
  return (s) => through(s, -s.value, -1);
}
