/** What the target is: the first argument of every class. */
export const modeArgument = {
  mode: {
    kind: { type: 'word', words: ['binary', 'multiclass', 'multilabel'] },
    use: 'honoured',
    note: 'target and activation: one sigmoid over everything; labels and softmax per class; planes and sigmoids per class',
  },
} as const;

/** The arguments that every overlap loss begins with. */
export const overlapArguments = {
  classes: {
    kind: { type: 'list', items: { type: 'integer' } },
    none: true,
    default: null,
    use: 'in part',
    note: "classes 'list'; negative ones count from the end; an error with mode 'binary'",
  },
  log_loss: {
    kind: { type: 'flag' },
    default: false,
    use: 'honoured',
    note: "transform 'log' with floor eps, of at least 1e-9",
  },
  from_logits: {
    kind: { type: 'flag' },
    default: true,
    use: 'honoured',
    note: 'activation, or none',
  },
  smooth: {
    kind: { type: 'number', minimum: 0, maximum: 1e6 },
    default: 0,
    use: 'honoured',
    note: 'smoothing.numerator and denominator; Dice before 0.4: halved, being of 2 I',
  },
} as const;

/** What counts nowhere. */
export const ignoreArgument = {
  ignore_index: {
    kind: { type: 'integer' },
    none: true,
    default: null,
    use: 'honoured',
    note: "target.ignore; of several planes a 'channel-mask', which the caller gives",
  },
} as const;

/** The least denominator. */
export const epsArgument = {
  eps: {
    kind: { type: 'number', minimum: 0, maximum: 1 },
    default: 1e-7,
    use: 'honoured',
    note: 'smoothing.floor, of at least 1e-12, and the floor of the logarithm',
  },
} as const;

/** Weights of the classes, which came after 0.5.0. */
export const classWeights = {
  class_weights: {
    kind: { type: 'list', items: { type: 'number', minimum: 0, maximum: 1e4 } },
    none: true,
    default: null,
    use: 'in part',
    note: "weights 'weighted-mean' of the scored classes, as float32, one per channel; an error with mode 'binary'",
    since: 'main',
  },
} as const;
