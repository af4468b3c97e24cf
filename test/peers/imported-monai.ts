import type { Tensor } from '@softdice/reference';
import type { GoldenCase } from './golden-case.js';
import { contextOf, specOf } from './imported-case.js';
import type { NotOurs, PeerLevels, PeerLoss } from './peer-loss.js';
import { wrappedCallable } from './wrapped-callable.js';

/** A case of a MONAI class by its importer. */
export function importedMonai(golden: GoldenCase): PeerLoss | PeerLevels | NotOurs {
  const made = withPlanes(golden);
  const { callable, input, target, mask } = made;
  const wrapped = wrappedCallable(callable);
  const result = specOf({
    library: 'monai',
    className: wrapped?.outer ?? callable,
    args: argumentsOf(made),
    context: contextOf(made),
  });
  if ('notOurs' in result) return result;
  if (result.kind === 'levels') {
    const predictions = [input, ...(golden.levels ?? [])];
    return { levels: result.spec, inputs: { predictions, targets: [target] } };
  }
  const squared = golden.args['squared_pred'] === true && golden.args['to_onehot_y'] === true;
  return {
    spec: result.spec,
    prediction: input,
    target,
    ...(mask === undefined ? {} : { mask: perSample(mask, made) }),
    ...(squared ? { roundoff } : {}),
  };
}

/**
 * MONAI makes labels float32 planes, and with squared_pred the sum of their squares is the square
 * of a float32 root: three roundings. With them emulated the numbers agree to 1e-15.
 */
const roundoff = 3 * 2 ** -24;

/** A wrapper's arguments: the wrapped loss is one of them. */
function argumentsOf({ callable, args }: GoldenCase): GoldenCase['args'] {
  const wrapped = wrappedCallable(callable);
  if (wrapped === undefined) return args;
  const { outer, inner, args: shown } = wrapped;
  if (outer.endsWith('MaskedLoss')) return { loss: { class: inner, args: { ...shown, ...args } } };
  const { inner: given, ...own } = args;
  return { loss: { class: inner, args: { ...shown, ...Object(given) } }, ...own };
}

/** A mask of one sample is that of every sample. */
function perSample({ shape, data }: Tensor, { input }: GoldenCase): Tensor {
  const [masks = 1, ...rest] = shape;
  const [samples = 1] = input.shape;
  const copies = Array.from({ length: masks === 1 ? samples : 1 }, () => Array.from(data));
  return { shape: [samples, ...rest], data: copies.flat() };
}

/** What MONAI makes of one channel in its unified focal loss: planes of prediction and target. */
function withPlanes(golden: GoldenCase): GoldenCase {
  const { callable, input, target } = golden;
  if (!callable.endsWith('UnifiedFocalLoss') || input.shape[1] !== 1) return golden;
  return {
    ...golden,
    input: planesOfLabels(input),
    target: { ...planesOfLabels(target), kind: 'onehot' },
  };
}

/** Labels 0 and 1 as two planes. */
function planesOfLabels({ shape, data }: Tensor): Tensor {
  const [samples = 1, , ...spatial] = shape;
  const voxels = spatial.reduce((product, size) => product * size, 1);
  const all = Array.from(data);
  return {
    shape: [samples, 2, ...spatial],
    data: Array.from({ length: samples }, (_, sample) => {
      const ones = all.slice(sample * voxels, (sample + 1) * voxels);
      return [...ones.map((label) => 1 - label), ...ones];
    }).flat(),
  };
}
