import type { Transform } from './transform.js';

/** `-s`. */
export const negativeSchema = { doc: '-s.', fields: {} } as const;

export const negative: Transform<'negative'> = (b, s) => b.mul(b.real(-1), s);
