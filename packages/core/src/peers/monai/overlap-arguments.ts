/** What MONAI's overlap losses read of prediction and target: the first arguments of each. */
export const inputArguments = {
  include_background: {
    kind: { type: 'flag' },
    default: true,
    use: 'honoured',
    note: "classes 'all', or 'foreground'; MONAI ignores it with one channel",
  },
  to_onehot_y: {
    kind: { type: 'flag' },
    default: false,
    use: 'honoured',
    note: "target 'labels'; MONAI ignores it with one channel",
  },
  sigmoid: {
    kind: { type: 'flag' },
    default: false,
    use: 'honoured',
    note: "activation 'sigmoid'",
  },
  softmax: {
    kind: { type: 'flag' },
    default: false,
    use: 'honoured',
    note: "activation 'softmax'; MONAI ignores it with one channel, corrected takes a sigmoid",
  },
  other_act: {
    kind: { type: 'callable' },
    none: true,
    default: null,
    use: 'in part',
    note: 'softmax, sigmoid and identity by name; no spec has another activation',
  },
} as const;

/** How the sums of MONAI's overlap losses become a number. */
export const ratioArguments = {
  reduction: {
    kind: { type: 'word', words: ['mean', 'sum', 'none'] },
    default: 'mean',
    use: 'honoured',
    note: "reduction; 'none' is the grid, to which MONAI adds axes of 1",
  },
  smooth_nr: {
    kind: { type: 'number', minimum: 0, maximum: 1e6 },
    default: 1e-5,
    use: 'honoured',
    note: 'smoothing.numerator',
  },
  smooth_dr: {
    kind: { type: 'number', minimum: 0, maximum: 1e6 },
    default: 1e-5,
    use: 'honoured',
    note: 'smoothing.denominator; with 0 MONAI has 0/0 for an empty class, a spec a floor',
  },
  batch: {
    kind: { type: 'flag' },
    default: false,
    use: 'honoured',
    note: "per 'image', or 'batch'",
  },
} as const;

/** How MONAI counts from 1.5 on. */
export const softLabelArgument = {
  soft_label: {
    kind: { type: 'flag' },
    default: false,
    use: 'honoured',
    note: "counting 'minimum'",
    since: '1.5',
  },
} as const;

/** The arguments of Dice itself. */
export const diceArguments = {
  squared_pred: {
    kind: { type: 'flag' },
    default: false,
    use: 'honoured',
    note: "counting 'power' with exponent 2, also with soft_label",
  },
  jaccard: {
    kind: { type: 'flag' },
    default: false,
    use: 'honoured',
    note: "index 'jaccard' with half the smoothing: MONAI doubles both sides of the ratio",
  },
} as const;

/** Factors of the losses of the classes. */
export const weightArgument = {
  weight: {
    kind: { type: 'list', items: { type: 'number', minimum: 0, maximum: 1e4 }, single: true },
    none: true,
    default: null,
    use: 'honoured',
    note: 'weights on the loss of each class, as float32, or one for all; MONAI ignores it for one class',
  },
} as const;
