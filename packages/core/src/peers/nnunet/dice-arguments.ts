/** What nnU-Net's soft Dice has beside its nonlinearity. */
export const softDiceArguments = {
  batch_dice: {
    kind: { type: 'flag' },
    default: false,
    use: 'honoured',
    note: "per 'image', or 'batch'",
  },
  do_bg: {
    kind: { type: 'flag' },
    default: true,
    use: 'honoured',
    note: "classes 'all', or 'foreground'; false is refused with one channel, a mean over nothing",
  },
  smooth: {
    kind: { type: 'number', minimum: 0, maximum: 1e6 },
    default: 1,
    use: 'honoured',
    note: 'smoothing.numerator and denominator, beside a floor of 1e-8',
  },
  ddp: {
    kind: { type: 'flag' },
    default: true,
    use: 'no effect',
    note: 'with batch_dice the loss is that of the batch of all processes; the gradient is added over them, which DistributedDataParallel averages',
  },
} as const;

/** What SoftDiceLoss alone has. */
export const clipArgument = {
  clip_tp: {
    kind: { type: 'number' },
    none: true,
    default: null,
    use: 'in part',
    note: 'no effect up to 0; above it bounds the intersection in numerator and denominator, which no spec says: corrected leaves it',
  },
} as const;
