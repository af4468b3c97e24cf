import type { Docs } from '../schema/docs.js';

/** How much a term counts. */
export const weightSchema = { type: 'number', minimum: -1e4, maximum: 1e4, default: 1 } as const;

export const weightDocs: Docs<typeof weightSchema> = 'Factor of this term in the loss.';

/** What a term is called. */
export const nameSchema = { type: 'text' } as const;

export const nameDocs: Docs<typeof nameSchema> =
  'Name of the term in reports; by default the index of an overlap, or the kind of the term.';

/** What turns the prediction into p; over all channels, before anything is dropped or masked. */
export const activationSchema = {
  type: 'choice',
  default: 'none',
  words: ['softmax', 'sigmoid', 'none'],
} as const;

export const activationDocs: Docs<typeof activationSchema> = {
  doc: 'What turns the prediction into p; over all channels, before anything is dropped or masked.',
  words: {
    softmax: 'p = softmax of the logits over the channels; at least two channels.',
    sigmoid: 'p = sigmoid of each logit.',
    none: 'The prediction is p already, in [0, 1].',
  },
};
