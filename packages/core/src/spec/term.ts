/** How much a term counts. */
export const weightSchema = {
  type: 'number',
  doc: 'Factor of this term in the loss.',
  minimum: -1e4,
  maximum: 1e4,
  default: 1,
} as const;

/** What a term is called. */
export const nameSchema = {
  type: 'text',
  doc: 'Name of the term in reports; by default the index of an overlap, or the kind of the term.',
} as const;

/** What turns the prediction into p; over all channels, before anything is dropped or masked. */
export const activationSchema = {
  type: 'choice',
  doc: 'What turns the prediction into p; over all channels, before anything is dropped or masked.',
  default: 'none',
  values: {
    softmax: 'p = softmax of the logits over the channels; at least two channels.',
    sigmoid: 'p = sigmoid of each logit.',
    none: 'The prediction is p already, in [0, 1].',
  },
} as const;
