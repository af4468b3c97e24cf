import { dice, vnet } from '@softdice/core';
import * as inputs from './inputs.js';
import type { ThreadFormula } from './thread-formula.js';
import { loss, metric, refused } from './written-call.js';

const samplesAndClasses = { per: 'batch', smoothing: { numerator: 0, denominator: 1e-6 } } as const;
const tiny = { numerator: 1e-7, denominator: 1e-7 } as const;

/** Every formula of the thread, in its order. */
export const formulas: readonly ThreadFormula[] = [
  {
    letter: 'a',
    title: 'One Dice of everything',
    question:
      'How does the Keras loss, which flattens all images of a batch and smooths with 1, become a Theano loss?',
    answer:
      "`per: 'everything'` is the flattening: one score for the whole batch. The two smoothings are two fields. -D and 1 - D differ by 1 and have the same gradient.",
    inputs: inputs.binaryImages,
    answers: [
      loss(
        '-D, D = (2I + 1) / (P + T + 1)',
        dice,
        {
          target: 'binary',
          per: 'everything',
          smoothing: { numerator: 1, denominator: 1 },
          transform: 'negative',
        },
        '-0.6875',
      ),
      loss(
        '1 - D',
        dice,
        { target: 'binary', per: 'everything', smoothing: { numerator: 1, denominator: 1 } },
        '0.3125',
      ),
    ],
  },
  {
    letter: 'b',
    title: 'A score per class over the samples',
    question:
      'The network emits a matrix [samples, classes], every pixel a sample. How does each class get a score of its own?',
    answer:
      "A prediction needs no spatial axes. `per: 'batch'` sums over the samples, `reduction: 'none'` returns one value per class. The loss is -D; the scores D come beside it.",
    inputs: inputs.flattenedSamples,
    answers: [
      loss(
        '-D of each class, D = 2I / (P + T + 1e-6)',
        dice,
        { ...samplesAndClasses, transform: 'negative', reduction: 'none' },
        '-0.749999875 -0.624999844',
      ),
    ],
  },
  {
    letter: 'c',
    title: 'A score per sample and class',
    question: 'How is the loss written for images and for volumes, per sample and per class?',
    answer:
      'Per sample and class is the default, and so is the mean. Axes are not numbered: the same spec serves [N, C, y, x] and [N, C, z, y, x].',
    inputs: inputs.volumes,
    answers: [
      loss(
        '-mean D, D = 2I / (P + T + 1e-7)',
        dice,
        { smoothing: { numerator: 0, denominator: 1e-7 }, transform: 'negative' },
        '-0.674999983',
      ),
    ],
  },
  {
    letter: 'd',
    title: 'One number from the class scores',
    question:
      'An optimiser needs one number. Are the class scores summed, and how does a rare class weigh more?',
    answer:
      "`reduction: 'sum'` adds the negated scores. Weights are given per class. Here the second class weighs three times as much.",
    inputs: inputs.flattenedSamples,
    answers: [
      loss(
        '-sum of D',
        dice,
        { ...samplesAndClasses, transform: 'negative', reduction: 'sum' },
        '-1.37499972',
      ),
      loss(
        '-sum of v D, v = (0.25, 0.75)',
        dice,
        {
          ...samplesAndClasses,
          transform: 'negative',
          reduction: 'sum',
          weights: { kind: 'given', values: [0.25, 0.75] },
        },
        '-0.656249852',
      ),
    ],
  },
  {
    letter: 'e',
    title: 'Argmax over five classes',
    question:
      'A Caffe layer takes the argmax over five classes, scores each class and has its backward pass written by hand. Is that right?',
    answer: [
      'No. A small change of a logit does not change the argmax: the gradient is 0 almost everywhere, and no backward pass by hand can say otherwise.',
      'As a loss it is refused, as a metric it works, and the loss to train with has softmax for the argmax.',
      "The layer's 1 - sum of D is that loss plus 1, a constant without gradient.",
      "The metric has no smoothing: for classes that are there it differs from the layer's score by less than 1e-7, and `empty` says what an absent class gives.",
      "Class 4 is absent here. Softmax never gives it exactly 0, so the loss scores it 1.78e-7; `absent: 'zero'` leaves it out.",
    ].join(' '),
    inputs: inputs.fiveClasses,
    answers: [
      refused(
        'argmax in the loss',
        { target: 'labels', terms: [{ kind: 'overlap', activation: 'argmax' }] },
        "[softdice] Invalid terms[0].activation: expected 'softmax' | 'sigmoid' | 'none' but received \"argmax\"; a loss cannot decide (argmax has gradient 0 everywhere): use it in a metric, and softmax or sigmoid in the loss",
      ),
      metric(
        'D of the argmax, per class',
        { target: 'labels', decide: 'argmax', per: 'batch', empty: { give: 'one' } },
        '0.8 1 1 0.666666667 1',
      ),
      loss(
        '-sum of D, D = (2I + 1e-7) / (P + T + 1e-7), p = softmax',
        dice,
        {
          target: 'labels',
          activation: 'softmax',
          per: 'batch',
          smoothing: tiny,
          transform: 'negative',
          reduction: 'sum',
        },
        '-2.32920438',
      ),
    ],
  },
  {
    letter: 'f',
    title: 'Squares in the denominator',
    question: 'V-Net squares the values in the denominator. Is that the same loss?',
    answer:
      'Only for predictions of zeros and ones, and even there the gradient is another in general. It is a preset, `vnet`. The inputs are those of c.',
    inputs: inputs.volumes,
    answers: [
      loss(
        '1 - mean D, D = 2I / (sum p^2 + sum t^2 + 1e-6)',
        vnet,
        { smoothing: { numerator: 0, denominator: 1e-6 } },
        '0.166964021',
      ),
      loss(
        '1 - mean D without the squares',
        dice,
        { smoothing: { numerator: 0, denominator: 1e-6 } },
        '0.32500017',
      ),
    ],
  },
  {
    letter: 'g',
    title: 'With or without background',
    question: 'Does the background count as a class?',
    answer:
      'Both are in use, so it is a field, `classes`. The background is large and easily right: counted, it makes the loss smaller. Left out, its channel gets no gradient of its own, but softmax, where used, still sees it. Smoothing is the default: 1e-5 in both places.',
    inputs: inputs.mostlyBackground,
    answers: [
      loss('with background', dice, { target: 'labels', classes: 'all' }, '0.357141169'),
      loss('without', dice, { target: 'labels', classes: 'foreground' }, '0.46428324'),
    ],
  },
  {
    letter: 'h',
    title: 'Is the squared form a cosine?',
    question: 'Is Dice with squares the cosine of the angle between prediction and target?',
    answer:
      'Not in general. 2 p·t / (|p|^2 + |t|^2) = cos · 2|p||t| / (|p|^2 + |t|^2). The factor is 1 only where both norms are equal, and below 1 elsewhere. So where p·t > 0, equal norms are the only case of equality. Here the cosine is 1 and the score 0.8.',
    inputs: inputs.parallelVectors,
    answers: [
      loss(
        '1 - 2 p·t / (|p|^2 + |t|^2)',
        vnet,
        { target: 'soft', smoothing: { numerator: 0, denominator: 1e-16 } },
        '0.2',
      ),
    ],
  },
];
