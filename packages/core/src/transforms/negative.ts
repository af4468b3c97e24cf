import type { Docs } from '../schema/docs.js';
import type { Transform } from './transform.js';

/** `-s`. */
export const negativeSchema = { fields: {} } as const;

export const negativeDocs: Docs<typeof negativeSchema> = '-s.';

export const negative: Transform<'negative'> = (b, s) => b.mul(b.real(-1), s);
