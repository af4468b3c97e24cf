/** Voxelwise true positives, false positives and false negatives, each squared. Source: SegLossOdyssey, `square`. */
export const squaredErrorsSchema = {
  doc: 'I = sum w (p t)^2, P - I = sum w (p (1 - t))^2, T - I = sum w ((1 - p) t)^2.',
  fields: {},
} as const;
