const all = { doc: 'Every channel.', fields: {} } as const;
const foreground = { doc: 'Every channel but channel 0.', fields: {} } as const;
const list = {
  doc: 'The listed channels, in that order.',
  fields: {
    channels: {
      type: 'list',
      doc: 'Channel indices, each at most once.',
      items: { type: 'integer', doc: 'A channel index.', minimum: 0 },
    },
  },
} as const;

const members = {
  type: 'list',
  doc: 'One list of members per scored class.',
  items: {
    type: 'list',
    doc: 'The members: channel indices, or label values where only the target is merged.',
    items: { type: 'integer', doc: 'A channel index or label value.', minimum: 0 },
  },
} as const;
const mergedTarget = 'The target only: the prediction already has one channel per region.' as const;

/** Which channels are scored, each a class by itself or a union of labels in the target. */
export const channelsSchema = {
  type: 'tagged',
  doc: 'Which channels are scored; activations always see all of them.',
  default: 'all',
  variants: {
    all: all as typeof all,
    foreground: foreground as typeof foreground,
    list: list as typeof list,
    regions: {
      doc: 'Unions of labels, as hierarchical labels are trained: one channel per region.',
      fields: {
        regions: members as typeof members,
        merge: {
          type: 'choice',
          doc: 'What is merged.',
          default: 'target',
          values: { target: mergedTarget as typeof mergedTarget },
        },
      },
    },
  },
} as const;

/** Which classes are scored. */
export const classesSchema = {
  type: 'tagged',
  doc: 'Which classes are scored; activations always see all channels.',
  default: 'all',
  variants: {
    all: all as typeof all,
    foreground: foreground as typeof foreground,
    list: list as typeof list,
    regions: {
      doc: 'Unions of channels, as hierarchical labels are scored.',
      fields: {
        regions: members as typeof members,
        merge: {
          type: 'choice',
          doc: 'What is merged.',
          default: 'both',
          values: {
            both: 'Prediction and target: the members of a region are summed.',
            target: mergedTarget as typeof mergedTarget,
          },
        },
      },
    },
  },
} as const;
