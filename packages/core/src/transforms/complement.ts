import type { Transform } from './transform.js';

/** `1 - s`. */
export const complementSchema = { doc: '1 - s.', fields: {} } as const;

export const complement: Transform<'complement'> = (b, s) => b.sub(b.real(1), s);
