import { readHydra, readKeras, readMonaiBundle, readNnunet } from '@softdice/core/configs';
import { fromKeras, fromMonai, fromNnunet, fromSmp, importCall } from '@softdice/core/peers';
import { describe, expect, it } from 'vitest';
import { fixture } from './fixture.js';

describe('a MONAI bundle', () => {
  it('in JSON gives its loss, with the channels and axes of its network', () => {
    const loss = readMonaiBundle(fixture('spleen-bundle.json'));
    const args = { to_onehot_y: true, softmax: true, squared_pred: true, batch: true };
    expect(loss).toMatchObject({ library: 'monai', className: 'DiceCELoss', at: 'loss', args });
    expect(loss.context).toEqual({ channels: 2, rank: 3 });
    expect(importCall(loss).spec).toEqual(fromMonai('DiceCELoss', args, loss.context).spec);
  });

  it('is the same at any place that refers to it, as text or as a value', () => {
    const text = fixture('spleen-bundle.json');
    const { at, ...own } = readMonaiBundle(text);
    for (const place of ['loss', 'train::trainer::loss_function', 'train#trainer#loss_function']) {
      expect(readMonaiBundle(JSON.parse(text), { at: place })).toEqual({ ...own, at });
    }
  });

  it('in YAML follows references, macros, anchors and plain values in expressions', () => {
    const loss = readMonaiBundle(fixture('tumour-bundle.yaml'), { at: 'train::loss' });
    expect(loss.args).toEqual({
      loss: {
        class: 'TverskyLoss',
        args: { sigmoid: true, alpha: 0.3, beta: 0.7, smooth_nr: 1e-4, smooth_dr: 1e-4 },
      },
      weights: [1, 0.5, 0.25],
    });
    expect(loss.context).toEqual({ channels: 3, rank: 3 });
    expect(importCall({ ...loss, context: { ...loss.context, levels: 3 } }).kind).toBe('levels');
  });

  it('has relative references, tensors and activations as modules', () => {
    const loss = readMonaiBundle(fixture('relative-bundle.yaml'));
    expect(loss).toMatchObject({ at: 'losses::dice', context: { channels: 4, rank: 2 } });
    const spec = fromMonai(
      'DiceLoss',
      { include_background: false, to_onehot_y: true, softmax: true, weight: [1, 2, 4] },
      loss.context,
    ).spec;
    expect(importCall(loss).spec).toEqual(spec);
  });

  it('takes what the caller says first', () => {
    const context = { channels: 5, version: '1.4', fidelity: 'corrected' } as const;
    const loss = readMonaiBundle(fixture('spleen-bundle.json'), { context });
    expect(loss.context).toEqual({ ...context, rank: 3 });
  });
});

describe('a Hydra config', () => {
  it('gives the loss of its _target_, with arguments by position and interpolations', () => {
    const loss = readHydra(fixture('lightning.yaml'), { context: { rank: 2 } });
    const args = { mode: 'multiclass', from_logits: true, smooth: 1, ignore_index: 255 };
    expect(loss).toMatchObject({
      library: 'smp',
      className: 'DiceLoss',
      at: 'module.criterion',
      args,
    });
    expect(importCall(loss).spec).toEqual(fromSmp('DiceLoss', args, { channels: 4, rank: 2 }).spec);
  });

  it('names functions and classes of functions', () => {
    const loss = readHydra(
      {
        _target_: 'nnunetv2.training.loss.compound_losses.DC_and_CE_loss',
        soft_dice_kwargs: { do_bg: false, smooth: 1e-5, batch_dice: true },
        ce_kwargs: {},
        dice_class: {
          _target_: 'hydra.utils.get_class',
          path: 'nnunetv2.training.loss.dice.MemoryEfficientSoftDiceLoss',
        },
      },
      { context: { channels: 3, rank: 3 } },
    );
    expect(loss.args?.['dice_class']).toBe('MemoryEfficientSoftDiceLoss');
    expect(importCall(loss).kind).toBe('loss');
  });
});

describe('a serialised Keras loss', () => {
  const context = { channels: 1, rank: 2 };

  it('is read from a whole model', () => {
    const loss = readKeras(fixture('keras-config.json'), context);
    expect(loss).toMatchObject({
      library: 'keras',
      className: 'Tversky',
      at: 'compile_config.loss',
    });
    const args = { alpha: 0.3, beta: 0.7, axis: [1, 2] };
    expect(importCall(loss).spec).toEqual(fromKeras('Tversky', args, context).spec);
  });

  it.each([
    ['old', { class_name: 'Dice', config: { reduction: 'sum', name: 'dice' } }],
    [
      'new',
      {
        module: 'keras.losses',
        class_name: 'Dice',
        config: { reduction: 'sum' },
        registered_name: null,
      },
    ],
    [
      'registered by Keras',
      { class_name: 'Dice', config: { reduction: 'sum' }, registered_name: 'keras>Dice' },
    ],
    ['in a compile config', { loss: { class_name: 'Dice', config: { reduction: 'sum' } } }],
  ])('in the form: %s', (_, config) => {
    const loss = readKeras(config, context);
    expect(importCall(loss).spec).toEqual(fromKeras('Dice', { reduction: 'sum' }, context).spec);
  });
});

describe('nnU-Net', () => {
  const files = { dataset: fixture('nnunet-dataset.json'), plans: fixture('nnunet-plans.json') };
  const dice = { batch_dice: false, do_bg: false, smooth: 1e-5 };
  const entropy = { soft_dice_kwargs: dice, ce_kwargs: {} };

  it('trains labels by Dice and cross-entropy on every level but the lowest', () => {
    const loss = readNnunet(files);
    expect(loss).toMatchObject({
      className: 'DeepSupervisionWrapper',
      context: { channels: 4, rank: 3 },
    });
    const { spec, kind } = importCall(loss);
    const context = { channels: 4, rank: 3 };
    const level = fromNnunet('DC_and_CE_loss', entropy, context).spec;
    expect(kind).toBe('levels');
    expect('levels' in spec && spec.levels.map(({ weight }) => weight)).toEqual(
      [16, 8, 4, 2, 0].map((part) => part / 30),
    );
    expect('levels' in spec && spec.levels[0]?.loss).toEqual(level);
  });

  it.each([
    ['2d', { rank: 2, levels: 3 }, true],
    ['3d_cascade_fullres', { rank: 3, levels: 5 }, false],
    ['3d_half', { rank: 3, levels: 5 }, true],
  ] as const)(
    'reads the configuration %s and what it inherits',
    (configuration, context, batchDice) => {
      const loss = readNnunet({ ...files, configuration });
      expect(loss.context).toMatchObject(context);
      expect(loss.args).toMatchObject({
        loss: { args: { soft_dice_kwargs: { batch_dice: batchDice } } },
      });
    },
  );

  it.each([
    ['nnUNetTrainerNoDeepSupervision', 'DC_and_CE_loss', entropy],
    ['nnUNetTrainerBN', 'DC_and_CE_loss', entropy],
    ['nnUNetTrainer_250epochs', 'DC_and_CE_loss', entropy],
    [
      'nnUNetTrainerDiceCELoss_noSmooth',
      'DC_and_CE_loss',
      { ...entropy, soft_dice_kwargs: { ...dice, smooth: 0 } },
    ],
    [
      'nnUNetTrainerDiceLoss',
      'MemoryEfficientSoftDiceLoss',
      { ...dice, apply_nonlin: 'softmax_helper_dim1' },
    ],
    ['nnUNetTrainerCELoss', 'DC_and_CE_loss', { ...entropy, soft_dice_kwargs: {}, weight_dice: 0 }],
    [
      'nnUNetTrainerTopk10Loss',
      'DC_and_topk_loss',
      { soft_dice_kwargs: {}, ce_kwargs: { k: 10 }, weight_dice: 0 },
    ],
    [
      'nnUNetTrainerDiceTopK10Loss',
      'DC_and_topk_loss',
      { soft_dice_kwargs: dice, ce_kwargs: { k: 10, label_smoothing: 0 } },
    ],
  ] as const)('knows the trainer %s', (trainer, name, args) => {
    const { spec } = importCall(readNnunet({ ...files, trainer }));
    const level = 'levels' in spec ? spec.levels[0]?.loss : spec;
    expect(level).toEqual(fromNnunet(name, args, { channels: 4, rank: 3 }).spec);
    expect('levels' in spec).toBe(trainer !== 'nnUNetTrainerNoDeepSupervision');
  });

  it('trains regions by sigmoids, voxels of the ignore label masked', () => {
    const dataset = fixture('nnunet-regions-dataset.json');
    const loss = readNnunet({ ...files, dataset, trainer: 'nnUNetTrainerNoDeepSupervision' });
    expect(loss).toMatchObject({
      className: 'DC_and_BCE_loss',
      context: { channels: 3, rank: 3 },
      notes: [
        'the channels are the regions {1, 2, 3}, {2, 3}, {3}',
        'voxels of label 4 have mask 0, all others 1',
      ],
    });
    const { spec } = importCall(loss);
    expect(spec).toMatchObject({ target: { kind: 'multilabel' }, voxels: { kind: 'weights' } });
  });

  it('ignores a label of labels', () => {
    const dataset = { labels: { background: 0, organ: 1, ignore: 2 } };
    const { spec } = importCall(
      readNnunet({ ...files, dataset, trainer: 'nnUNetTrainerNoDeepSupervision' }),
    );
    expect(spec).toMatchObject({ target: { kind: 'labels', ignore: 2 } });
  });
});
