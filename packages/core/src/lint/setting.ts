import type { Input } from '../schema/schema.js';

/** What is known of the network and the data: facts that no loss says about itself. */
export const settingSchema = {
  type: 'record',
  doc: 'What is known of the network and the data.',
  default: {},
  fields: {},
  optional: {
    channels: { type: 'integer', doc: 'Channels that the network emits.', minimum: 1 },
    smallest: {
      type: 'number',
      doc: 'Voxels of the smallest structure that matters.',
      above: 0,
    },
    network: {
      type: 'choice',
      doc: 'What the network emits.',
      values: {
        logits: 'Any numbers.',
        softmax: 'Probabilities that sum to 1 over the channels.',
        sigmoid: 'A probability per channel.',
      },
    },
    target: {
      type: 'choice',
      doc: 'What the targets are.',
      values: {
        exclusive: 'One class per voxel.',
        multilabel: 'Any number of classes per voxel.',
        soft: 'Values between 0 and 1.',
      },
    },
    absent: {
      type: 'choice',
      doc: 'Whether a sample can lack a class.',
      values: { never: 'Every sample has every class.', sometimes: 'Some lack one.' },
    },
  },
} as const;

/** Facts of a setting; each may be left out where it is not known. */
export type Setting = Input<typeof settingSchema>;
