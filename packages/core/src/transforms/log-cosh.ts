/** Smooth near 0. Source: Jadon 2020 (arXiv:2006.14822), section III-N. */
export const logCoshSchema = { doc: 'log cosh(1 - s).', fields: {} } as const;
