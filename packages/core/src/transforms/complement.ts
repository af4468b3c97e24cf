/** `1 - s`. */
export const complementSchema = { doc: '1 - s.', fields: {} } as const;
