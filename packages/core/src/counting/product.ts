/** `I = sum p t`, `P = sum p`, `T = sum t`. Right for hard targets; its minimum is not p = t for soft ones. */
export const productSchema = {
  doc: 'I = sum w p t, P = sum w p, T = sum w t.',
  fields: {},
} as const;
