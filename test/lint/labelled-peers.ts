import { readHydra, readKeras, readMonaiBundle, readNnunet } from '@softdice/core/configs';
import type { Lintable, Setting } from '@softdice/core/lint';
import type { PeerContext, PeerLibraryName } from '@softdice/core/peers';
import { fixture } from '../configs/fixture.js';
import type { Labelled } from './labelled.js';

type Args = Readonly<Record<string, unknown>>;

/** Calls of a library, by default of 3 channels and 3 axes. */
const call =
  (library: PeerLibraryName) =>
  (className: string, args: Args = {}, context: Partial<PeerContext> = {}): Lintable => ({
    library,
    className,
    args,
    context: { channels: 3, rank: 3, ...context },
  });
const monai = call('monai');
const nnunet = call('nnunet');
const smp = call('smp');
const keras = call('keras');

const one = { channels: 1 };
const labels = { to_onehot_y: true, softmax: true };
const small = { batch_dice: true, do_bg: false, smooth: 1e-5 };
const files = { dataset: fixture('nnunet-dataset.json'), plans: fixture('nnunet-plans.json') };

type Row = readonly [
  name: string,
  subject: Lintable,
  expected: readonly string[],
  setting?: Setting,
];

const right: readonly Row[] = [
  ['MONAI Dice of sigmoids', monai('DiceLoss', { sigmoid: true }), []],
  ['MONAI Dice of one channel', monai('DiceLoss', { sigmoid: true }, one), []],
  ['MONAI Dice of labels', monai('DiceLoss', labels), []],
  ['MONAI Dice of one-hot planes', monai('DiceLoss', { softmax: true }), []],
  [
    'MONAI Dice over the batch, squared',
    monai('DiceLoss', { ...labels, batch: true, squared_pred: true }),
    [],
  ],
  [
    'MONAI Dice of soft labels',
    monai('DiceLoss', { sigmoid: true, soft_label: true }, { target: 'soft' }),
    [],
  ],
  ['MONAI Dice with class weights', monai('DiceLoss', { ...labels, weight: [1, 2, 3] }), []],
  [
    'MONAI Dice of probabilities',
    monai('DiceLoss', { include_background: false }),
    [],
    { network: 'softmax' },
  ],
  ['MONAI Dice and cross-entropy', monai('DiceCELoss', labels), []],
  ['MONAI Dice and BCE of one channel', monai('DiceCELoss', { sigmoid: true }, one), []],
  [
    'MONAI Dice and focal of sigmoids',
    monai('DiceFocalLoss', { sigmoid: true, to_onehot_y: true }),
    [],
  ],
  ['MONAI focal', monai('FocalLoss', { to_onehot_y: true }), []],
  ['MONAI focal of a softmax', monai('FocalLoss', { to_onehot_y: true, use_softmax: true }), []],
  ['MONAI generalised Dice', monai('GeneralizedDiceLoss', labels), []],
  ['MONAI Tversky', monai('TverskyLoss', { ...labels, alpha: 0.3, beta: 0.7 }), []],
  ['MONAI Dice and clDice', monai('SoftDiceclDiceLoss', {}, { channels: 2 }), []],
  [
    'nnU-Net Dice and cross-entropy',
    nnunet('DC_and_CE_loss', { soft_dice_kwargs: small, ce_kwargs: {} }),
    [],
  ],
  [
    'nnU-Net regions',
    nnunet('DC_and_BCE_loss', { bce_kwargs: {}, soft_dice_kwargs: { ...small, do_bg: true } }),
    [],
  ],
  [
    'nnU-Net Dice of a softmax',
    nnunet('MemoryEfficientSoftDiceLoss', { ...small, apply_nonlin: 'softmax_helper_dim1' }),
    [],
  ],
  [
    'nnU-Net top-k',
    nnunet('DC_and_topk_loss', { soft_dice_kwargs: small, ce_kwargs: { k: 10 } }),
    [],
  ],
  ['SMP Dice of classes', smp('DiceLoss', { mode: 'multiclass' }), []],
  ['SMP Dice of one class', smp('DiceLoss', { mode: 'binary' }, one), []],
  [
    'SMP Jaccard of probabilities',
    smp('JaccardLoss', { mode: 'multilabel', from_logits: false }),
    [],
  ],
  ['SMP Tversky', smp('TverskyLoss', { mode: 'multilabel', alpha: 0.7, beta: 0.3 }), []],
  ['SMP focal', smp('FocalLoss', { mode: 'multiclass' }), []],
  ['Keras Dice of one class', keras('Dice', {}, one), [], { network: 'sigmoid' }],
  ['Keras Dice', keras('Dice'), []],
  ['Keras Tversky', keras('Tversky', { alpha: 0.3, beta: 0.7 }, one), []],
  ['a bundle', readMonaiBundle(fixture('spleen-bundle.json')), []],
  [
    'a bundle with deep supervision',
    readMonaiBundle(fixture('tumour-bundle.yaml'), { at: 'train::loss', context: { levels: 3 } }),
    [],
  ],
  ['nnU-Net from its files', readNnunet(files), []],
  ['nnU-Net, cross-entropy alone', readNnunet({ ...files, trainer: 'nnUNetTrainerCELoss' }), []],
  [
    'nnU-Net, regions',
    readNnunet({ ...files, dataset: fixture('nnunet-regions-dataset.json') }),
    [],
  ],
];

const wrong: readonly Row[] = [
  ['MONAI Dice without activation', monai('DiceLoss', {}), ['L2']],
  [
    'MONAI generalised Dice without activation',
    monai('GeneralizedDiceLoss', { to_onehot_y: true }),
    ['L2'],
  ],
  [
    'MONAI Dice whose softmax of one channel is ignored',
    monai('DiceLoss', { softmax: true }, one),
    ['L2', 'L34'],
  ],
  [
    'MONAI Dice whose weight of one class is ignored',
    monai('DiceLoss', { sigmoid: true, weight: [5] }, one),
    ['L34'],
  ],
  [
    'MONAI Dice of a sigmoid network',
    monai('DiceLoss', { sigmoid: true }),
    ['L3'],
    { network: 'sigmoid' },
  ],
  [
    'MONAI Dice of a softmax network',
    monai('DiceCELoss', labels),
    ['L3', 'L3'],
    { network: 'softmax' },
  ],
  [
    'MONAI Dice of logits beside cross-entropy',
    monai('DiceCELoss', { to_onehot_y: true }),
    ['L2', 'L4'],
  ],
  [
    'MONAI Dice of sigmoids beside cross-entropy',
    monai('DiceCELoss', { to_onehot_y: true, sigmoid: true }),
    ['L4'],
  ],
  ['MONAI softmax Dice beside sigmoid focal', monai('DiceFocalLoss', labels), ['L4']],
  [
    'MONAI generalised softmax Dice beside sigmoid focal',
    monai('GeneralizedDiceFocalLoss', labels),
    ['L4'],
  ],
  ['MONAI Dice without smoothing above', monai('DiceLoss', { ...labels, smooth_nr: 0 }), ['L5']],
  [
    'MONAI Dice with smoothing 1',
    monai('DiceLoss', { ...labels, smooth_nr: 1, smooth_dr: 1 }),
    ['L6'],
  ],
  ['MONAI masked Dice', monai('MaskedDiceLoss', labels, { mask: true }), ['L8']],
  [
    'MONAI Dice of soft labels by products',
    monai('DiceLoss', { sigmoid: true }, { target: 'soft' }),
    ['L10'],
  ],
  [
    'MONAI focal that drops the background before the softmax',
    monai('FocalLoss', { to_onehot_y: true, use_softmax: true, include_background: false }),
    ['L9', 'L33'],
  ],
  [
    'MONAI focal of a softmax of one channel',
    monai('FocalLoss', { use_softmax: true }, one),
    ['L1'],
  ],
  [
    'MONAI Tversky of misses alone',
    monai('TverskyLoss', { ...labels, alpha: 0, beta: 1 }),
    ['L29'],
  ],
  [
    'MONAI softmax where classes overlap',
    monai('DiceLoss', { softmax: true }),
    ['L14'],
    { target: 'multilabel' },
  ],
  ['MONAI clDice alone', monai('SoftclDiceLoss', {}, { channels: 2 }), ['L19']],
  ['MONAI unified focal', monai('AsymmetricUnifiedFocalLoss', {}, { channels: 2 }), ['L12']],
  ['MONAI Dice with another activation', monai('DiceLoss', { other_act: 'tanh' }), ['L33']],
  ['MONAI Dice with too few weights', monai('DiceLoss', { ...labels, weight: [1, 2] }), ['L33']],
  [
    'nnU-Net of one channel',
    nnunet('DC_and_CE_loss', { soft_dice_kwargs: small, ce_kwargs: {} }, one),
    ['L1', 'L1'],
  ],
  [
    'nnU-Net with its class defaults',
    nnunet('DC_and_CE_loss', { soft_dice_kwargs: {}, ce_kwargs: {} }),
    ['L6'],
  ],
  [
    'nnU-Net without smoothing',
    nnunet('DC_and_CE_loss', { soft_dice_kwargs: { ...small, smooth: 0 }, ce_kwargs: {} }),
    ['L5'],
  ],
  ['nnU-Net Dice of logits', nnunet('SoftDiceLoss', { smooth: 1e-5 }), ['L2']],
  [
    'nnU-Net top-k among ignored voxels',
    nnunet('DC_and_topk_loss', { soft_dice_kwargs: small, ce_kwargs: {}, ignore_label: 3 }),
    ['L20'],
  ],
  [
    'SMP Dice of a sigmoid network',
    smp('DiceLoss', { mode: 'binary' }, one),
    ['L3'],
    { network: 'sigmoid' },
  ],
  ['SMP Dice with smoothing 1', smp('DiceLoss', { mode: 'multiclass', smooth: 1 }), ['L6']],
  ['SMP focal Tversky', smp('TverskyLoss', { mode: 'multiclass', gamma: 0.75 }), ['L12']],
  [
    'SMP probabilities that are logits',
    smp('DiceLoss', { mode: 'binary', from_logits: false }, one),
    ['L2'],
    { network: 'logits' },
  ],
  [
    'SMP equal class weights',
    smp('DiceLoss', { mode: 'multiclass', class_weights: [2, 2, 2] }),
    ['L7'],
  ],
  ['Keras Dice of logits', keras('Dice', {}, one), ['L2'], { network: 'logits' }],
  ['Keras Dice of all classes at once', keras('Dice'), ['L27'], { network: 'softmax' }],
  ['Keras Dice per class', keras('Dice', { axis: [1, 2, 3] }), ['L5']],
  [
    'no library',
    { library: 'mine', className: 'Dice', context: {} } as unknown as Lintable,
    ['L33'],
  ],
  ['a Hydra config', readHydra(fixture('lightning.yaml'), { context: { rank: 2 } }), ['L6']],
  ['a Keras model', readKeras(fixture('keras-config.json'), { channels: 1, rank: 2 }), ['L5']],
  [
    'nnU-Net without smoothing, from its files',
    readNnunet({ ...files, trainer: 'nnUNetTrainerDiceCELoss_noSmooth' }),
    ['L5'],
  ],
];

/** What libraries' code and configs say, right and wrong. */
export const labelledPeers: readonly Labelled[] = [...right, ...wrong].map(
  ([name, subject, expected, setting]) => ({
    name,
    subject,
    expected,
    ...(setting === undefined ? {} : { setting }),
  }),
);
