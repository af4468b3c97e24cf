/** Which classes are scored. */
export const classesSchema = {
  type: 'tagged',
  doc: 'Which classes are scored; activations always see all channels.',
  default: 'all',
  variants: {
    all: { doc: 'Every channel.', fields: {} },
    foreground: { doc: 'Every channel but channel 0.', fields: {} },
    list: {
      doc: 'The listed channels, in that order.',
      fields: {
        channels: {
          type: 'list',
          doc: 'Channel indices, each at most once.',
          items: { type: 'integer', doc: 'A channel index.', minimum: 0 },
        },
      },
    },
    regions: {
      doc: 'Unions of channels, as hierarchical labels are scored.',
      fields: {
        regions: {
          type: 'list',
          doc: 'One list of members per scored class.',
          items: {
            type: 'list',
            doc: 'The members: channel indices, or label values where only the target is merged.',
            items: { type: 'integer', doc: 'A channel index or label value.', minimum: 0 },
          },
        },
        merge: {
          type: 'choice',
          doc: 'What is merged.',
          default: 'both',
          values: {
            both: 'Prediction and target: the members of a region are summed.',
            target: 'The target only: the prediction already has one channel per region.',
          },
        },
      },
    },
  },
} as const;
