/** How the target is given, and which of its values are left out. */
export const targetSchema = {
  type: 'tagged',
  doc: 'How the target is given.',
  default: 'one-hot',
  variants: {
    labels: {
      doc: 'A channel index per voxel, shape [N, ...spatial] or [N, 1, ...spatial]; at least two channels.',
      fields: {},
      optional: {
        ignore: { type: 'integer', doc: 'Voxels with this label count nowhere.' },
      },
    },
    binary: {
      doc: '0 or 1 for the only channel, shape [N, ...spatial] or [N, 1, ...spatial].',
      fields: {},
      optional: {
        ignore: { type: 'integer', doc: 'Voxels with this value count nowhere.' },
      },
    },
    'one-hot': {
      doc: 'One plane per channel, exactly one of them 1 (or none, see voxels), shape [N, C, ...spatial].',
      fields: {},
    },
    multilabel: {
      doc: 'One plane of 0 and 1 per channel, independent of each other, shape [N, C, ...spatial].',
      fields: {},
    },
    soft: {
      doc: 'One plane of values in [0, 1] per channel, shape [N, C, ...spatial].',
      fields: {},
    },
  },
} as const;

/** An affine change of the encoded target, as smoothed one-hot encodings make. */
export const rescaleSchema = {
  type: 'record',
  doc: 'The target becomes scale * t + offset in every count; it must stay in [0, 1]. An absent class is judged before.',
  default: {},
  fields: {
    scale: { type: 'number', doc: 'Factor.', above: 0, maximum: 1, default: 1 },
    offset: { type: 'number', doc: 'Addend.', minimum: 0, maximum: 1, default: 0 },
  },
} as const;

const all = { doc: 'Every voxel, w = 1.', fields: {} } as const;
const mask = {
  doc: 'A mask input, w = 1 where it is not 0; shape [N, ...spatial] or [N, 1, ...spatial].',
  fields: {},
} as const;
const channelMask = {
  doc: 'A mask input per channel, w = 1 where it is not 0; shape [N, C, ...spatial].',
  fields: {},
} as const;
const targetMass = {
  doc: 'w = sum of the target over all channels: an all-zero one-hot voxel counts nowhere.',
  fields: {},
} as const;

/** Which voxels are counted by a hard score. */
export const countedVoxelsSchema = {
  type: 'tagged',
  doc: 'Which voxels are counted.',
  default: 'all',
  variants: {
    all: all as typeof all,
    mask: mask as typeof mask,
    'channel-mask': channelMask as typeof channelMask,
    'target-mass': targetMass as typeof targetMass,
  },
} as const;

/** Which voxels count, and how much: the factor w of every voxel sum. */
export const voxelsSchema = {
  type: 'tagged',
  doc: 'Which voxels count, and how much: the factor w in every voxel sum.',
  default: 'all',
  variants: {
    all: all as typeof all,
    mask: mask as typeof mask,
    'channel-mask': channelMask as typeof channelMask,
    weights: {
      doc: 'A mask input of weights w >= 0; shape [N, ...spatial] or [N, 1, ...spatial].',
      fields: {},
    },
    'masked-inputs': {
      doc: 'A mask input that multiplies prediction and target instead, w = 1: where it is 0 the prediction is 0 before the activation, and the target is label 0 or no class. Masked voxels still count, as in MONAI MaskedLoss; shape [N, ...spatial] or [N, 1, ...spatial].',
      fields: {},
    },
    'target-mass': targetMass as typeof targetMass,
  },
} as const;
