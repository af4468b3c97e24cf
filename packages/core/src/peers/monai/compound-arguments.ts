/** The factor of a part of a compound loss. */
export const factorArgument = {
  kind: { type: 'number', minimum: 0, maximum: 1e4 },
  default: 1,
  use: 'honoured',
} as const;

/** The reduction of parts that do not add cell by cell. */
export const scalarReduction = {
  kind: { type: 'word', words: ['mean', 'sum'] },
  default: 'mean',
  use: 'honoured',
  note: "reduction of both parts; 'sum' adds every voxel of the cross-entropy",
} as const;

/** The reduction of an overlap and a focal loss. */
export const focalReduction = {
  kind: { type: 'word', words: ['mean', 'sum', 'none'] },
  default: 'mean',
  use: 'in part',
  note: "reduction of both parts; 'none' is a value per voxel, which no spec says",
} as const;

/** The older name of the weight of the focal part. */
export const olderWeight = {
  kind: { type: 'list', items: { type: 'number', minimum: 0, maximum: 1e4 }, single: true },
  none: true,
  default: null,
  use: 'honoured',
  note: 'older name of weight, taken where both are given',
  before: '1.4',
} as const;
