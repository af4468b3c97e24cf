/** The argument behind each part of a spec, for rules that a spec has and MONAI has not. */
export const overlapBlame: Readonly<Record<string, string>> = {
  smoothing: 'smooth_dr',
  weights: 'weight',
  reduction: 'reduction',
  classes: 'include_background',
  activation: 'softmax',
};

/** The same of a focal loss. */
export const focalBlame: Readonly<Record<string, string>> = {
  focus: 'gamma',
  weights: 'weight',
  reduction: 'reduction',
  classes: 'include_background',
  positive: 'alpha',
  negative: 'alpha',
};
