/** A smallest document that violates a rule, and a near one that does not. */
export interface Example {
  readonly broken: unknown;
  readonly mended: unknown;
}

const one = (term: object, shared: object = {}): unknown => ({
  ...shared,
  terms: [{ kind: 'overlap', ...term }],
});
const termPair = (broken: object, mended: object, shared: object = {}): Example => ({
  broken: one(broken, shared),
  mended: one(mended, shared),
});
const sharedPair = (broken: object, mended: object, term: object = {}): Example => ({
  broken: one(term, broken),
  mended: one(term, mended),
});
const two = (first: object, second: object): object => ({
  terms: [
    { kind: 'overlap', ...first },
    { kind: 'overlap', ...second },
  ],
});

const entropyPair = (broken: object, mended: object, shared: object = {}): Example => ({
  broken: { ...shared, terms: [{ kind: 'cross-entropy', ...broken }] },
  mended: { ...shared, terms: [{ kind: 'cross-entropy', ...mended }] },
});
const distances = (...rows: readonly (readonly number[])[]): object => ({ distances: rows });
const apart = distances([0, 1], [1, 0]);
const wassersteinPair = (broken: object, mended: object): Example => ({
  broken: { terms: [{ kind: 'wasserstein', ...broken }] },
  mended: { terms: [{ kind: 'wasserstein', ...mended }] },
});
const bernoulli = { activation: 'sigmoid', distribution: 'bernoulli' };

const affine = (offset: number, scale: number): object => ({
  logarithm: { kind: 'affine', offset, scale },
});

const list = (...channels: readonly number[]): object => ({ kind: 'list', channels });
const regions = (...members: readonly (readonly number[])[]): object => ({
  kind: 'regions',
  regions: members,
});
const given = (values: readonly number[], rest: object = {}): object => ({
  weights: { kind: 'given', values, ...rest },
});
const volume = (rest: object = {}): object => ({ weights: { kind: 'volume', ...rest } });
const smoothing = (numerator: number, denominator: number, floor = 0): object => ({
  smoothing: { numerator, denominator, floor },
});
const tversky = (alpha: number, beta: number, counting: unknown = 'product'): object => ({
  index: { kind: 'tversky', alpha, beta },
  counting,
});

/** Of the rules of losses. */
export const lossExamples: Readonly<Record<string, readonly Example[]>> = {
  C1: [
    termPair(smoothing(0, 0), smoothing(0, 0, 1e-16)),
    termPair(smoothing(0, 9e-17), smoothing(0, 5e-17, 5e-17)),
    termPair(smoothing(1, 9e-10), smoothing(1, 1e-9)),
  ],
  C2: [
    termPair({ classes: list(1, 1) }, { classes: list(2, 1) }),
    termPair({ classes: regions([0], [1, 1]) }, { classes: regions([0], [1, 0]) }),
  ],
  C3: [
    termPair(
      { per: 'merged-image', ...volume() },
      { per: 'merged-image', ...volume({ on: 'both-sums' }) },
    ),
    termPair(
      { per: 'merged-image', ...given([1]) },
      { per: 'merged-image', ...given([1], { on: 'both-sums' }) },
    ),
    termPair(
      { per: 'everything', ...given([1], { on: 'score' }) },
      { per: 'batch', ...given([1], { on: 'score' }) },
    ),
  ],
  C4: [
    termPair(
      { reduction: 'sum', ...volume({ normalise: 'weighted-mean' }) },
      { reduction: 'class-mean', ...volume({ normalise: 'weighted-mean' }) },
    ),
    termPair(given([0, 0]), given([0, 1])),
    termPair({ classes: list(2, 1), ...given([1]) }, { classes: list(2, 1), ...given([1, 1]) }),
    termPair(
      { reduction: 'sum', ...given([1], { normalise: 'weighted-mean' }) },
      { reduction: 'mean', ...given([1], { normalise: 'weighted-mean' }) },
    ),
    termPair(
      given([1], { on: 'score', normalise: 'weighted-mean' }),
      given([1], { on: 'score', normalise: 'sum-to-one' }),
    ),
  ],
  C5: [
    termPair({ per: 'batch', reduction: 'class-mean' }, { reduction: 'class-mean' }),
    termPair(
      { per: 'everything', reduction: 'sample-then-class' },
      { per: 'everything', reduction: 'sum' },
    ),
  ],
  C6: [
    termPair({ absent: 'skip', reduction: 'none' }, { absent: 'zero', reduction: 'none' }),
    termPair({ absent: 'skip', reduction: 'sum' }, { absent: 'skip', reduction: 'mean' }),
  ],
  C7: [
    termPair({ transform: 'negative', power: { cell: 2 } }, { transform: 'negative' }),
    termPair(
      { transform: 'negative', power: { reduced: 2 } },
      { transform: 'complement', power: { reduced: 2 } },
    ),
    termPair(
      { transform: 'log-cosh', power: { cell: 2 } },
      { transform: 'log', power: { cell: 2 } },
    ),
    termPair(
      { transform: 'penalty', power: { cell: 2 } },
      { transform: 'power-complement', power: { cell: 2 } },
    ),
    termPair({ power: { cell: 4, reduced: 3 } }, { power: { cell: 5, reduced: 2 } }),
    termPair({ power: { cell: 0.5, floor: 0 } }, { power: { cell: 0.5, floor: 1e-9 } }),
    termPair({ power: { reduced: 0.5, floor: 0 } }, { power: { reduced: 2, floor: 0 } }),
  ],
  C8: [
    termPair(tversky(0, 0), tversky(0, 1)),
    termPair(tversky(3, 0.2, 'power'), tversky(0.3, 0.7, 'power')),
    termPair(tversky(3, 0.2, 'power'), tversky(3, 0.2, 'product')),
    termPair(tversky(0.7, 0.7, { kind: 'power', exponent: 3 }), tversky(0.7, 0.7, 'power')),
    termPair(
      { index: 'jaccard', counting: { kind: 'power', exponent: 3 } },
      { index: 'jaccard', counting: { kind: 'power', exponent: 2 } },
    ),
  ],
  C9: [
    termPair(
      { index: 'jaccard', ...volume({ on: 'both-factors' }) },
      { index: 'dice', ...volume({ on: 'both-factors' }) },
    ),
    termPair(
      { index: 'jaccard', ...given([1], { on: 'both-factors' }) },
      { index: 'dice', ...given([1], { on: 'both-factors' }) },
    ),
    termPair(
      { counting: 'minimum', ...given([1], { on: 'both-factors' }) },
      { counting: 'minimum', ...given([1], { on: 'both-sums' }) },
    ),
  ],
  C10: [
    termPair(
      { classes: regions([0, 1]), activation: 'sigmoid' },
      { classes: regions([0, 1]), activation: 'softmax' },
    ),
  ],
  C17: [
    termPair({ power: { reduced: 2 }, reduction: 'sum' }, { power: { cell: 2 }, reduction: 'sum' }),
    termPair(
      { power: { reduced: 2 }, ...given([1]) },
      { power: { reduced: 2 }, ...given([1], { normalise: 'sum-to-one' }) },
    ),
    termPair(
      { power: { reduced: 2 }, ...volume() },
      { power: { reduced: 2 }, ...volume({ normalise: 'weighted-mean' }) },
    ),
  ],
  C39: [
    termPair(tversky(0.3, 0.7, 'noise-robust'), tversky(0.7, 0.7, 'noise-robust')),
    termPair(tversky(9e-4, 9e-4, 'noise-robust'), tversky(9e-4, 9e-4, 'minimum')),
    termPair(
      { index: { kind: 'f-beta', beta: 2 }, counting: 'noise-robust' },
      { index: 'f-beta', counting: 'noise-robust' },
    ),
  ],
  C42: [
    sharedPair(
      { voxels: 'masked-inputs', target: { kind: 'labels', ignore: 255 } },
      { voxels: 'masked-inputs', target: 'labels' },
    ),
  ],
  C40: [
    termPair(
      { transform: { kind: 'power-complement', exponent: 2 }, ...smoothing(1, 0.5) },
      { transform: { kind: 'power-complement', exponent: 2 }, ...smoothing(1, 0.5, 1) },
    ),
    termPair(
      { transform: { kind: 'power-complement', exponent: 2 }, ...given([1], { on: 'score' }) },
      { transform: { kind: 'power-complement', exponent: 2 }, ...given([1]) },
    ),
    termPair(
      { transform: { kind: 'power-complement', exponent: 1.5 }, counting: 'power' },
      { transform: { kind: 'power-complement', exponent: 1 }, counting: 'power' },
    ),
  ],
  C41: [
    termPair(
      { transformed: 'mean', reduction: 'none' },
      { transformed: 'cell', reduction: 'none' },
    ),
    termPair({ transformed: 'mean', reduction: 'sum' }, { transformed: 'mean' }),
    termPair({ transformed: 'mean', absent: 'skip' }, { transformed: 'mean', absent: 'keep' }),
    termPair(
      { transformed: 'mean', power: { cell: 2 } },
      { transformed: 'mean', power: { reduced: 2 } },
    ),
    termPair(
      { transformed: 'mean', ...given([1]) },
      { transformed: 'mean', ...given([1], { normalise: 'weighted-mean' }) },
    ),
  ],
  C25: [
    termPair(
      volume({ absent: { kind: 'epsilon', epsilon: 9e-11 } }),
      volume({ absent: { kind: 'epsilon', epsilon: 1e-10 } }),
    ),
    termPair(
      volume({ power: 4, absent: { kind: 'floor', floor: 9e-6 } }),
      volume({ power: 4, absent: { kind: 'floor', floor: 1e-5 } }),
    ),
    termPair(
      { ...smoothing(0, 1e-7), ...volume({ absent: { kind: 'zero', floor: 1e-10 } }) },
      { ...smoothing(0, 1e-6), ...volume({ absent: { kind: 'zero', floor: 1e-10 } }) },
    ),
    termPair(
      volume({ on: 'both-factors', absent: { kind: 'epsilon', epsilon: 1e-11, to: 'power' } }),
      volume({ on: 'both-factors', absent: { kind: 'epsilon', epsilon: 1e-10, to: 'power' } }),
    ),
    termPair(
      { transform: 'log', ...volume({ absent: { kind: 'floor', floor: 1e-7 } }) },
      { transform: 'log', ...volume({ absent: { kind: 'floor', floor: 1e-6 } }) },
    ),
    termPair(
      { transform: 'power-complement', ...volume({ absent: { kind: 'floor', floor: 1e-7 } }) },
      { transform: 'penalty', ...volume({ absent: { kind: 'floor', floor: 1e-7 } }) },
    ),
    termPair(
      { power: { cell: 2 }, ...volume({ absent: { kind: 'largest', floor: 1e-7 } }) },
      volume({ absent: { kind: 'largest', floor: 1e-7 } }),
    ),
  ],
  C26: [
    termPair(
      { reduction: 'sample-then-class', ...volume({ normalise: 'weighted-mean' }) },
      { reduction: 'class-then-sample', ...volume({ normalise: 'weighted-mean' }) },
    ),
    termPair(
      { reduction: 'sample-then-class', ...volume({ normalise: 'weighted-mean' }) },
      {
        reduction: 'sample-then-class',
        ...volume({ normalise: 'weighted-mean', over: 'batch' }),
      },
    ),
  ],
  C11: [
    { broken: two({}, { reduction: 'none' }), mended: two({}, { reduction: 'sum' }) },
    { broken: two({}, { reduction: 'class-mean' }), mended: one({ reduction: 'class-mean' }) },
  ],
  C12: [
    sharedPair({ rescale: { scale: 1, offset: 0.1 } }, { rescale: { scale: 0.9, offset: 0.1 } }),
  ],
  C13: [
    termPair({ activation: 'softmax' }, { activation: 'sigmoid' }, { target: 'binary' }),
    termPair({ classes: 'foreground' }, { classes: 'all' }, { target: 'binary' }),
  ],
  C14: [
    sharedPair(
      { voxels: 'target-mass', target: 'labels' },
      { voxels: 'target-mass', target: 'one-hot' },
    ),
    sharedPair(
      { voxels: 'target-mass', target: 'multilabel' },
      { voxels: 'target-mass', target: 'soft' },
    ),
  ],
  C15: [
    sharedPair(
      { target: 'one-hot' },
      { target: 'labels' },
      {
        classes: { ...regions([0, 1]), merge: 'target' },
      },
    ),
    sharedPair({ target: 'multilabel' }, { target: 'one-hot' }, { classes: regions([0, 1]) }),
    sharedPair({ voxels: 'channel-mask' }, { voxels: 'mask' }, { classes: regions([0, 1]) }),
  ],
  C18: [
    entropyPair({ activation: 'softmax', distribution: 'bernoulli' }, { activation: 'softmax' }),
    entropyPair({ activation: 'sigmoid' }, bernoulli),
  ],
  C19: [
    entropyPair({ ...given([1]), classes: list(0, 1) }, { ...given([1, 2]), classes: list(0, 1) }),
    entropyPair(given([0, 0]), given([0, 1])),
  ],
  C20: [
    entropyPair({ focus: 0.5 }, { focus: 1 }),
    entropyPair({ focus: 0.5 }, { focus: 0.5, logarithm: 'clipped' }),
    entropyPair(
      { focus: 0.5, logarithm: 'clipped', floor: 9e-10 },
      { focus: 0.5, logarithm: 'clipped', floor: 1e-9 },
    ),
  ],
  C21: [
    entropyPair({ ...bernoulli, labelSmoothing: 0.1 }, { labelSmoothing: 0.1 }),
    entropyPair({ positive: 2 }, { ...bernoulli, positive: 2 }),
    entropyPair({ negative: 2 }, { ...bernoulli, negative: 2 }),
  ],
  C22: [entropyPair({ ...bernoulli, average: 'class-weighted' }, { average: 'class-weighted' })],
  C49: [
    entropyPair(
      { classes: { kind: 'regions', regions: [[0, 1], [1]] } },
      { ...bernoulli, classes: { kind: 'regions', regions: [[0, 1], [1]] } },
      { target: 'labels' },
    ),
  ],
  C33: [
    entropyPair({ hardest: 12.34567, average: 'voxels' }, { hardest: 12.3456, average: 'voxels' }),
    entropyPair({ hardest: 1e-5, average: 'voxels' }, { hardest: 1e-4, average: 'voxels' }),
  ],
  C34: [
    entropyPair({ hardest: 30 }, { hardest: 30, average: 'voxels' }),
    entropyPair({ hardest: 30, average: 'class-weighted' }, { average: 'class-weighted' }),
  ],
  C35: [
    entropyPair(
      { hardest: 30, average: 'voxels', weights: 'frequency' },
      { hardest: 100, average: 'voxels', weights: 'frequency' },
    ),
    entropyPair(
      { hardest: 30, average: 'voxels', reduction: 'sum' },
      { hardest: 30, average: 'voxels', reduction: 'mean' },
    ),
    entropyPair(
      { hardest: 30, average: 'voxels', reduction: 'none' },
      { average: 'voxels', reduction: 'none' },
    ),
  ],
  C23: [entropyPair({}, { distribution: 'bernoulli' }, { target: 'binary' })],
  C24: [
    entropyPair(
      { average: 'class-weighted', labelSmoothing: 0.1, ...given([0, 1]) },
      { average: 'class-weighted', labelSmoothing: 0.1, ...given([1e-4, 1]) },
      { target: 'labels' },
    ),
    entropyPair(
      { average: 'class-weighted', labelSmoothing: 0.1 },
      { average: 'valid', labelSmoothing: 0.1 },
    ),
    entropyPair(
      { average: 'class-weighted', classes: 'foreground' },
      { average: 'class-weighted' },
      { target: 'labels', rescale: { scale: 0.5, offset: 0.5 } },
    ),
  ],
  C44: [entropyPair(affine(0.02, 0.99), affine(0.01, 0.99))],
  C45: [
    entropyPair({ exponent: 0.3 }, { exponent: 1.3 }),
    entropyPair({ exponent: 0.3 }, { exponent: 0.3, ...affine(0.005, 0.99) }),
    entropyPair({ exponent: 0.3, ...affine(0.01, 0.99) }, affine(0.01, 0.99)),
    entropyPair(
      { exponent: 0.3, logarithm: 'clipped', floor: 9e-7 },
      { exponent: 0.3, logarithm: 'clipped', floor: 1e-6 },
    ),
  ],
  C46: [
    entropyPair(
      { ...bernoulli, positive: 0, negative: 0 },
      { ...bernoulli, positive: 0, negative: 0.5 },
    ),
  ],
  C36: [
    wassersteinPair(distances([0]), apart),
    wassersteinPair(distances([0, 1, 1], [1, 0, 1]), distances([0, 1, 1], [1, 0, 1], [1, 1, 0])),
    wassersteinPair(distances([0, 1], [1, 0.1]), apart),
    wassersteinPair(distances([0, 0], [0, 0]), distances([0, 0], [0.1, 0])),
  ],
  C37: [
    {
      broken: { target: 'binary', terms: [{ kind: 'wasserstein', ...apart }] },
      mended: { target: 'labels', terms: [{ kind: 'wasserstein', ...apart }] },
    },
  ],
  C38: [
    wassersteinPair({ ...apart, ...smoothing(0, 0) }, { ...apart, ...smoothing(0, 0, 1e-16) }),
    wassersteinPair({ ...apart, ...smoothing(1, 9e-10) }, { ...apart, ...smoothing(1, 1e-9) }),
  ],
  C50: [
    {
      broken: {
        target: 'labels',
        ...two({ classes: { ...regions([0, 1], [1]), merge: 'target' } }, {}),
      },
      mended: {
        target: 'labels',
        ...two(
          { classes: { ...regions([0, 1], [1]), merge: 'target' } },
          { classes: { ...regions([0, 1], [1]), merge: 'target' } },
        ),
      },
    },
  ],
  C16: [{ broken: two({ name: 'a' }, { name: 'a' }), mended: two({ name: 'a' }, { name: 'b' }) }],
};

/** Of the rules of metrics. */
export const metricExamples: Readonly<Record<string, readonly Example[]>> = {
  M1: [{ broken: { target: 'soft' }, mended: { target: 'one-hot' } }],
  M2: [
    {
      broken: { classes: { ...regions([0, 1]), merge: 'target' } },
      mended: { target: 'labels', classes: { ...regions([0, 1]), merge: 'target' } },
    },
  ],
  M3: [
    {
      broken: { target: 'binary', decide: 'argmax' },
      mended: { target: 'binary', decide: 'threshold' },
    },
    {
      broken: { target: 'binary', decide: 'threshold', classes: 'foreground' },
      mended: { target: 'multilabel', decide: 'threshold', classes: 'foreground' },
    },
  ],
  M4: [
    {
      broken: { weights: 'volume' },
      mended: { weights: 'volume', per: 'merged-image' },
    },
    {
      broken: { ...given([1, 2]), per: 'everything' },
      mended: { ...given([1, 2]), per: 'batch' },
    },
  ],
  M5: [
    {
      broken: { per: 'batch', reduction: 'class-mean' },
      mended: { per: 'batch', reduction: 'mean' },
    },
    {
      broken: { per: 'merged-image', reduction: 'sample-mean' },
      mended: { per: 'image', reduction: 'sample-mean' },
    },
  ],
  M6: [
    {
      broken: { ...given([1, 2]), classes: list(0, 1, 2) },
      mended: { ...given([1, 2]), classes: list(0, 2) },
    },
    {
      broken: { ...given([1, 2]), classes: regions([0, 1]) },
      mended: { ...given([1]), classes: regions([0, 1]) },
    },
    { broken: given([0, 0]), mended: given([0, 1]) },
  ],
  M7: [
    { broken: { weights: 'support' }, mended: { weights: 'support', reduction: 'mean' } },
    {
      broken: { weights: 'support', reduction: 'sample-then-class' },
      mended: { weights: 'support', reduction: 'class-then-sample' },
    },
    {
      broken: given([1, 2], { normalise: 'weighted-mean' }),
      mended: given([1, 2], { normalise: 'none' }),
    },
  ],
  M8: [
    {
      broken: { voxels: 'target-mass', target: 'labels' },
      mended: { voxels: 'target-mass', target: 'one-hot' },
    },
  ],
  M9: [
    { broken: { classes: list(1, 2, 1) }, mended: { classes: list(1, 2) } },
    { broken: { classes: regions([1], [2, 2]) }, mended: { classes: regions([1], [1, 2]) } },
  ],
  M10: [
    {
      broken: { voxels: 'channel-mask', classes: regions([0, 1]) },
      mended: { voxels: 'mask', classes: regions([0, 1]) },
    },
    {
      broken: { voxels: 'channel-mask', classes: regions([0, 1]), target: 'labels' },
      mended: {
        voxels: 'channel-mask',
        classes: { ...regions([0, 1]), merge: 'target' },
        target: 'labels',
      },
    },
  ],
  M11: [
    {
      broken: { index: { kind: 'tversky', alpha: 1e-4, beta: 1 } },
      mended: { index: { kind: 'tversky', alpha: 0, beta: 1 } },
    },
    {
      broken: { index: { kind: 'f-beta', beta: 1e-4 } },
      mended: { index: { kind: 'f-beta', beta: 1e-3 } },
    },
  ],
};

const levels = (rest: object, ...losses: readonly object[]): unknown => ({
  ...rest,
  levels: losses.map((loss) => ({ loss: { terms: [{ kind: 'overlap' }], ...loss } })),
});

/** Of the rules across levels of deep supervision. */
export const levelsExamples: Readonly<Record<string, readonly Example[]>> = {
  C53: [
    {
      broken: levels({}, {}, { terms: [{ kind: 'overlap', reduction: 'none' }] }),
      mended: levels({}, {}, { terms: [{ kind: 'overlap', reduction: 'sum' }] }),
    },
    {
      broken: levels({}, { terms: [{ kind: 'overlap', reduction: 'class-mean' }] }),
      mended: levels({}, { terms: [{ kind: 'overlap', reduction: 'class-then-sample' }] }),
    },
  ],
  C54: [
    {
      broken: levels({}, { target: 'soft' }, { target: 'one-hot' }),
      mended: levels({ targets: 'given' }, { target: 'soft' }, { target: 'one-hot' }),
    },
    {
      broken: levels({}, { voxels: 'mask' }, {}),
      mended: levels({}, { voxels: 'mask' }, { voxels: 'mask' }),
    },
    {
      broken: levels({}, { rescale: { scale: 0.5 } }, {}),
      mended: levels({}, { rescale: { scale: 0.5 } }, { rescale: { scale: 0.5, offset: 0 } }),
    },
  ],
};
