import type { Docs } from '../schema/docs.js';

const allDoc = 'Every channel.';
const foregroundDoc = 'Every channel but channel 0.';

const list = {
  fields: { channels: { type: 'list', items: { type: 'integer', minimum: 0 } } },
} as const;

const listDocs: Docs<typeof list> = {
  doc: 'The listed channels, in that order.',
  fields: { channels: { doc: 'Channel indices, each at most once.', items: 'A channel index.' } },
};

const members = {
  type: 'list',
  items: { type: 'list', items: { type: 'integer', minimum: 0 } },
} as const;

const membersDocs: Docs<typeof members> = {
  doc: 'One list of members per scored class.',
  items: {
    doc: 'The members: channel indices, or label values where only the target is merged.',
    items: 'A channel index or label value.',
  },
};

const mergedTargetDoc = 'The target only: the prediction already has one channel per region.';

/** Which channels are scored, each a class by itself or a union of labels in the target. */
export const channelsSchema = {
  type: 'tagged',
  default: 'all',
  variants: {
    all: { fields: {} },
    foreground: { fields: {} },
    list: list as typeof list,
    regions: {
      fields: {
        regions: members as typeof members,
        merge: { type: 'choice', default: 'target', words: ['target'] },
      },
    },
  },
} as const;

export const channelsDocs: Docs<typeof channelsSchema> = {
  doc: 'Which channels are scored; activations always see all of them.',
  variants: {
    all: allDoc,
    foreground: foregroundDoc,
    list: listDocs,
    regions: {
      doc: 'Unions of labels, as hierarchical labels are trained: one channel per region.',
      fields: {
        regions: membersDocs,
        merge: { doc: 'What is merged.', words: { target: mergedTargetDoc } },
      },
    },
  },
};

/** Which classes are scored. */
export const classesSchema = {
  type: 'tagged',
  default: 'all',
  variants: {
    all: { fields: {} },
    foreground: { fields: {} },
    list: list as typeof list,
    regions: {
      fields: {
        regions: members as typeof members,
        merge: { type: 'choice', default: 'both', words: ['both', 'target'] },
      },
    },
  },
} as const;

export const classesDocs: Docs<typeof classesSchema> = {
  doc: 'Which classes are scored; activations always see all channels.',
  variants: {
    all: allDoc,
    foreground: foregroundDoc,
    list: listDocs,
    regions: {
      doc: 'Unions of channels, as hierarchical labels are scored.',
      fields: {
        regions: membersDocs,
        merge: {
          doc: 'What is merged.',
          words: {
            both: 'Prediction and target: the members of a region are summed.',
            target: mergedTargetDoc,
          },
        },
      },
    },
  },
};
