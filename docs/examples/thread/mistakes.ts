/** A way in which a port by hand goes wrong. */
export interface Mistake {
  readonly name: string;
  readonly wrong: string;
  /** What prevents it here. */
  readonly here: string;
}

/** The five ways; a test computes every figure. */
export const mistakes: readonly Mistake[] = [
  {
    name: 'Wrong axes',
    wrong:
      'A sum over one axis too many or too few is still a number between 0 and 1. On the inputs of c, without smoothing, the negated Dice is -0.675 per sample and class, -0.682539683 per class and -0.6875 for everything.',
    here: 'Axes have names, not positions: `per` says which of them share a score. The layout of a tensor is another choice and changes no value.',
  },
  {
    name: 'Argmax in the loss',
    wrong:
      'The value looks right and falls as the network gets better. Its gradient is 0 almost everywhere, so the loss cannot make the network better.',
    here: 'A spec has no word for it: `parseSpec` refuses argmax and thresholds and says why. TypeScript refuses them before. Scores of decided labels are another document, the metric.',
  },
  {
    name: 'A label map for one-hot planes, a column for a row',
    wrong:
      'Broadcasting lets both pass. A column [V, 1] times a row [V] is a table of all pairs: for 128 x 128 pixels that are all foreground and all predicted right, D is 16384 instead of 1. That is one way to a loss in the thousands.',
    here: 'Shapes are checked before any value is read, and no input is broadcast. Labels [1, 2, 3] for a one-hot target beside a prediction [1, 5, 2, 3] are an error that names both shapes and the fix. The reference also refuses a mask of 0 and 255: it must be divided by 255.',
  },
  {
    name: 'Smoothing in one place, a backward pass for another formula',
    wrong:
      'An absent class that is not predicted scores 0 with smoothing in the denominator alone: a loss of 1 for a perfect answer. With it in both places the score is 1. A backward pass written by hand can belong to no forward pass at all: in the layer of e it adds the same number to all five channels of a pixel, and softmax does not see what all channels share.',
    here: '`numerator` and `denominator` are two fields. No gradient is written by hand for a spec: it is derived from the expression, and tests compare it with the reference and with finite differences.',
  },
  {
    name: 'The sign',
    wrong:
      'D grows with the overlap. An optimiser that is given D instead of -D or 1 - D unlearns. With p = t = 1 on one pixel, no smoothing: D is 1, -D is -1, 1 - D is 0.',
    here: 'A transform is part of every spec, and each of them falls as the score grows. To reward the opposite, a negative weight must be written out.',
  },
];
