import type { Docs } from '../schema/docs.js';

/** How the target is given, and which of its values are left out. */
export const targetSchema = {
  type: 'tagged',
  default: 'one-hot',
  variants: {
    labels: { fields: {}, optional: { ignore: { type: 'integer' } } },
    binary: { fields: {}, optional: { ignore: { type: 'integer' } } },
    'one-hot': { fields: {} },
    multilabel: { fields: {} },
    soft: { fields: {} },
  },
} as const;

export const targetDocs: Docs<typeof targetSchema> = {
  doc: 'How the target is given.',
  variants: {
    labels: {
      doc: 'A channel index per voxel, shape [N, ...spatial] or [N, 1, ...spatial]; at least two channels.',
      fields: { ignore: 'Voxels with this label count nowhere.' },
    },
    binary: {
      doc: '0 or 1 for the only channel, shape [N, ...spatial] or [N, 1, ...spatial].',
      fields: { ignore: 'Voxels with this value count nowhere.' },
    },
    'one-hot':
      'One plane per channel, exactly one of them 1 (or none, see voxels), shape [N, C, ...spatial].',
    multilabel:
      'One plane of 0 and 1 per channel, independent of each other, shape [N, C, ...spatial].',
    soft: 'One plane of values in [0, 1] per channel, shape [N, C, ...spatial].',
  },
};

/** An affine change of the encoded target, as smoothed one-hot encodings make. */
export const rescaleSchema = {
  type: 'record',
  default: {},
  fields: {
    scale: { type: 'number', above: 0, maximum: 1, default: 1 },
    offset: { type: 'number', minimum: 0, maximum: 1, default: 0 },
  },
} as const;

export const rescaleDocs: Docs<typeof rescaleSchema> = {
  doc: 'The target becomes scale * t + offset in every count; it must stay in [0, 1]. An absent class is judged before.',
  fields: { scale: 'Factor.', offset: 'Addend.' },
};

const allDoc = 'Every voxel, w = 1.';
const maskDoc =
  'A mask input, w = 1 where it is not 0; shape [N, ...spatial] or [N, 1, ...spatial].';
const channelMaskDoc =
  'A mask input per channel, w = 1 where it is not 0; shape [N, C, ...spatial].';
const targetMassDoc =
  'w = sum of the target over all channels: an all-zero one-hot voxel counts nowhere.';

/** Which voxels are counted by a hard score. */
export const countedVoxelsSchema = {
  type: 'tagged',
  default: 'all',
  variants: {
    all: { fields: {} },
    mask: { fields: {} },
    'channel-mask': { fields: {} },
    'target-mass': { fields: {} },
  },
} as const;

export const countedVoxelsDocs: Docs<typeof countedVoxelsSchema> = {
  doc: 'Which voxels are counted.',
  variants: {
    all: allDoc,
    mask: maskDoc,
    'channel-mask': channelMaskDoc,
    'target-mass': targetMassDoc,
  },
};

/** Which voxels count, and how much: the factor w of every voxel sum. */
export const voxelsSchema = {
  type: 'tagged',
  default: 'all',
  variants: {
    all: { fields: {} },
    mask: { fields: {} },
    'channel-mask': { fields: {} },
    weights: { fields: {} },
    'masked-inputs': { fields: {} },
    'target-mass': { fields: {} },
  },
} as const;

export const voxelsDocs: Docs<typeof voxelsSchema> = {
  doc: 'Which voxels count, and how much: the factor w in every voxel sum.',
  variants: {
    all: allDoc,
    mask: maskDoc,
    'channel-mask': channelMaskDoc,
    weights: 'A mask input of weights w >= 0; shape [N, ...spatial] or [N, 1, ...spatial].',
    'masked-inputs':
      'A mask input that multiplies prediction and target instead, w = 1: where it is 0 the prediction is 0 before the activation, and the target is label 0 or no class. Masked voxels still count, as in MONAI MaskedLoss; shape [N, ...spatial] or [N, 1, ...spatial].',
    'target-mass': targetMassDoc,
  },
};
