import type { Docs } from '../schema/docs.js';
import type { Input } from '../schema/schema.js';

/** What is known of the network and the data: facts that no loss says about itself. */
export const settingSchema = {
  type: 'record',
  default: {},
  fields: {},
  optional: {
    channels: { type: 'integer', minimum: 1 },
    smallest: { type: 'number', above: 0 },
    network: { type: 'choice', words: ['logits', 'softmax', 'sigmoid'] },
    target: { type: 'choice', words: ['exclusive', 'multilabel', 'soft'] },
    absent: { type: 'choice', words: ['never', 'sometimes'] },
  },
} as const;

/** What {@link settingSchema} means. */
export const settingDocs: Docs<typeof settingSchema> = {
  doc: 'What is known of the network and the data.',
  fields: {
    channels: 'Channels that the network emits.',
    smallest: 'Voxels of the smallest structure that matters.',
    network: {
      doc: 'What the network emits.',
      words: {
        logits: 'Any numbers.',
        softmax: 'Probabilities that sum to 1 over the channels.',
        sigmoid: 'A probability per channel.',
      },
    },
    target: {
      doc: 'What the targets are.',
      words: {
        exclusive: 'One class per voxel.',
        multilabel: 'Any number of classes per voxel.',
        soft: 'Values between 0 and 1.',
      },
    },
    absent: {
      doc: 'Whether a sample can lack a class.',
      words: { never: 'Every sample has every class.', sometimes: 'Some lack one.' },
    },
  },
};

/** Facts of a setting; each may be left out where it is not known. */
export type Setting = Input<typeof settingSchema>;
