import type { Docs } from '../schema/docs.js';
import type { Transform } from './transform.js';

/** `1 - s`. */
export const complementSchema = { fields: {} } as const;

export const complementDocs: Docs<typeof complementSchema> = '1 - s.';

export const complement: Transform<'complement'> = (b, s) => b.sub(b.real(1), s);
