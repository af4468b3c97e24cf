export type { Conversion } from './conversion.js';
export { convert } from './convert.js';
export type { Difference } from './plan-distance.js';
