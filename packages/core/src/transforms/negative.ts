/** `-s`. */
export const negativeSchema = { doc: '-s.', fields: {} } as const;
