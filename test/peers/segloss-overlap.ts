import { type OverlapOptions, parseSpec } from '@softdice/core';
import { type Arguments, argumentsOf } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import { numberOf, objectOf } from './keyword-arguments.js';
import { hasPlanes, nonlinearity } from './nnunet-inputs.js';
import type { NotOurs, PeerBuilder, PeerLoss } from './peer-loss.js';

type Index =
  | 'dice'
  | 'jaccard'
  | { readonly kind: 'tversky'; readonly alpha: number; readonly beta: number };

const known = ['apply_nonlin', 'batch_dice', 'do_bg', 'smooth', 'square'];

/** SegLossOdyssey `AsymLoss`: beta^2 / (1 + beta^2) on the false negatives, beta 1.5. */
const asymmetric = 1.5 ** 2 / (1 + 1.5 ** 2);

/**
 * SegLossOdyssey's overlap losses: minus the mean of `(tp + smooth) / (tp + a fp + b fn + smooth)`, Dice
 * with 2 tp. `square` squares tp, fp and fn voxel by voxel, after the mask.
 *
 * Source: SegLossOdyssey d562441, losses_pytorch/dice_loss.py.
 */
function overlap(golden: GoldenCase, args: Arguments, index: Index): PeerLoss | NotOurs {
  const { input, target, mask } = golden;
  const channels = input.shape[1] ?? 0;
  const activation = nonlinearity(args.word('apply_nonlin'), channels);
  if (typeof activation !== 'string') return activation;
  const background = args.flag('do_bg', true);
  if (!background && channels === 1) return { notOurs: 'a mean over no class is NaN' };
  const square = args.flag('square', false);
  if (square && mask !== undefined && Array.from(mask.data).some((w) => w !== 0 && w !== 1)) {
    return { notOurs: 'the weights of the voxels are squared' };
  }
  const smooth = args.number('smooth') ?? 1;
  const planes = hasPlanes(golden);
  const spec = parseSpec({
    target: !planes ? 'labels' : target.kind === 'soft' ? 'soft' : 'multilabel',
    voxels: mask === undefined ? 'all' : 'weights',
    terms: [
      {
        kind: 'overlap',
        index,
        activation,
        classes: background ? 'all' : 'foreground',
        counting: square ? 'squared-errors' : 'product',
        per: args.flag('batch_dice', false) ? 'batch' : 'image',
        // Without smoothing an empty class that is predicted empty is 0/0.
        smoothing: { numerator: smooth, denominator: smooth, floor: smooth === 0 ? 1e-12 : 0 },
        transform: 'negative',
      },
    ],
  });
  return {
    spec,
    prediction: input,
    target: planes ? { shape: input.shape, data: target.data } : target,
    ...(mask === undefined ? {} : { mask }),
  };
}

const builder =
  (index: Index): PeerBuilder =>
  (golden) =>
    overlap(golden, argumentsOf(golden, known), index);

const tversky: Index = { kind: 'tversky', alpha: 0.3, beta: 0.7 };

export const seglossSoftDice: PeerBuilder = builder('dice');
export const seglossIou: PeerBuilder = builder('jaccard');
export const seglossTversky: PeerBuilder = builder(tversky);
export const seglossAsym: PeerBuilder = builder({
  kind: 'tversky',
  alpha: 1 - asymmetric,
  beta: asymmetric,
});

/** `(1 - mean Tversky)^gamma`. */
export const seglossFocalTversky: PeerBuilder = (golden) => {
  const own = argumentsOf(golden, ['tversky_kwargs', 'gamma']);
  const inner = { ...golden, args: objectOf(golden, 'tversky_kwargs') };
  const loss = overlap(inner, argumentsOf(inner, known), tversky);
  if ('notOurs' in loss) return loss;
  const power = { reduced: numberOf(own.number('gamma'), 0.75) };
  const terms = loss.spec.terms.map((term) => ({
    ...(term as OverlapOptions & { readonly kind: 'overlap' }),
    transform: 'complement' as const,
    power,
  }));
  return { ...loss, spec: { ...loss.spec, terms } };
};
