/** What torch's CrossEntropyLoss takes beside its reduction. */
export const entropyArguments = {
  weight: {
    kind: { type: 'list', items: { type: 'number', minimum: 0, maximum: 1e4 } },
    none: true,
    default: null,
    use: 'honoured',
    note: 'weights of the channels, as float32, by which a mean divides',
  },
  ignore_index: {
    kind: { type: 'integer' },
    default: -100,
    use: 'in part',
    note: 'overwritten by ignore_label; without it a channel is refused, which Dice would still count',
  },
  label_smoothing: {
    kind: { type: 'number', minimum: 0, maximum: 1 },
    default: 0,
    use: 'honoured',
    note: 'labelSmoothing',
  },
} as const;

/** The reduction of torch's losses, and its older names. */
export const torchReduction = {
  reduction: {
    kind: { type: 'word', words: ['mean', 'sum', 'none'] },
    default: 'mean',
    use: 'in part',
    note: "average and reduction; 'none' is a value per voxel, which no spec says",
  },
  size_average: {
    kind: { type: 'flag' },
    none: true,
    default: null,
    use: 'honoured',
    note: "an older name: false is reduction 'sum', true 'mean'; it goes before reduction",
  },
  reduce: {
    kind: { type: 'flag' },
    none: true,
    default: null,
    use: 'in part',
    note: "an older name: false is reduction 'none', a value per voxel, which no spec says",
  },
} as const;

/** Factors of the parts of a compound loss. */
export const partWeights = {
  weight_ce: {
    kind: { type: 'number', minimum: -1e4, maximum: 1e4 },
    default: 1,
    use: 'honoured',
    note: 'weight of the cross-entropy term',
  },
  weight_dice: {
    kind: { type: 'number', minimum: -1e4, maximum: 1e4 },
    default: 1,
    use: 'honoured',
    note: 'weight of the Dice term',
  },
} as const;

/** The label that counts nowhere. */
export const ignoreArgument = {
  ignore_label: {
    kind: { type: 'integer' },
    none: true,
    default: null,
    use: 'honoured',
    note: 'target.ignore',
  },
} as const;

/** Which class the Dice part is of: the numbers are the same. */
export const diceClass = {
  kind: { type: 'word', words: ['SoftDiceLoss', 'MemoryEfficientSoftDiceLoss'] },
  use: 'no effect',
  note: 'both give the same numbers; SoftDiceLoss alone has clip_tp',
} as const;
