import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  dice,
  generalizedDice,
  InputError,
  lossFunction,
  lossOf,
  planIn,
  planOf,
  withLoss,
} from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from './backend.js';
import { filesIn, filesOf } from './model-files.js';
import { twoOutputs, voxelData, voxelModel } from './small-models.js';

const spec = generalizedDice({ activation: 'softmax', classes: 'foreground' });
const optimizer = () => tf.train.sgd(0.5);
const quiet = { epochs: 3, batchSize: 4, shuffle: false, verbose: 0 } as const;

describe('a model that is saved with its loss', () => {
  const folder = mkdtempSync(join(tmpdir(), 'softdice-model-'));
  beforeAll(() => useBackend('cpu'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const reloaded = async (model: tf.LayersModel): Promise<tf.LayersModel> => {
    await model.save(filesIn(folder));
    return tf.loadLayersModel(filesOf(folder));
  };

  it('goes on training where it was', async () => {
    const { image, oneHot } = voxelData(4, [8]);
    const model = voxelModel([8], 2, 3);
    model.setUserDefinedMetadata({ trainedOn: 'noise' });
    model.compile({ optimizer: optimizer(), loss: withLoss(model, spec) });
    await model.fit(image, oneHot, quiet);
    const again = await reloaded(model);
    again.compile({ optimizer: optimizer(), loss: lossOf(again) });
    const [went, goes] = [
      await model.fit(image, oneHot, quiet),
      await again.fit(image, oneHot, quiet),
    ];
    expect(goes.history['loss']).toEqual(went.history['loss']);
    const losses = goes.history['loss'] as number[];
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
    expect(planIn(again)).toEqual(planOf(spec));
    expect(again.getUserDefinedMetadata()).toMatchObject({ trainedOn: 'noise' });
  });

  it('has a plan in its file, so that a later default cannot change it', async () => {
    const model = voxelModel([8], 2, 3);
    withLoss(model, spec);
    await model.save(filesIn(folder));
    const { userDefinedMetadata } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
    expect(userDefinedMetadata.softdice).toEqual({
      format: 1,
      layout: 'channelsLast',
      loss: JSON.parse(JSON.stringify(planOf(spec))),
    });
  });

  it('has one loss for each output', async () => {
    const specs = { organs: spec, lesion: dice({ activation: 'sigmoid', target: 'multilabel' }) };
    const model = twoOutputs([8]);
    const losses = withLoss(model, specs);
    model.compile({ optimizer: optimizer(), loss: losses });
    const { image, oneHot, labels } = voxelData(4, [8]);
    const lesion = labels.greater(1).toFloat().expandDims(-1);
    const again = await reloaded(model);
    again.compile({ optimizer: optimizer(), loss: lossOf(again) });
    const targets = { organs: oneHot, lesion };
    const [went, goes] = [
      await model.fit(image, targets, quiet),
      await again.fit(image, targets, quiet),
    ];
    expect(goes.history).toEqual(went.history);
    expect(Object.keys(goes.history)).toEqual(['loss', 'organs_loss', 'lesion_loss']);
    expect(Object.keys(planIn(again))).toEqual(['organs', 'lesion']);
  });

  it('keeps its layout', async () => {
    const model = voxelModel([3], 2, 4);
    // Three weights for three channels: in the other layout there would be four.
    const weighed = dice({ weights: { kind: 'given', values: [1, 2, 3] }, activation: 'softmax' });
    withLoss(model, weighed, { layout: 'channelsFirst' });
    const loss = lossOf(await reloaded(model));
    if (typeof loss !== 'function') throw new Error('one output has one loss');
    expect(loss(tf.ones([1, 3, 4]), tf.ones([1, 3, 4])).shape).toEqual([]);
  });

  it.each([
    ['one loss', () => lossFunction(spec)],
    ['a list', () => [lossFunction(spec)]],
    ['a loss by name', () => ({ logits: lossFunction(spec) })],
  ])('is never saved with an empty loss: %s', async (_, loss) => {
    const model = voxelModel([8], 2, 3);
    model.compile({ optimizer: optimizer(), loss: loss() });
    const saved = model.save(filesIn(folder), { includeOptimizer: true });
    await expect(saved).rejects.toThrow();
    if (typeof loss() === 'function') {
      const again = model.save(filesIn(folder), { includeOptimizer: true });
      await expect(again).rejects.toThrow(
        /\[softdice\] Invalid includeOptimizer: .*keep the loss by withLoss/,
      );
    }
  });

  it('would be saved by tfjs with an empty loss, which trains nothing', async () => {
    // What the package guards against: where this changes, the guard can go.
    const bare = lossFunction(spec);
    const model = voxelModel([8], 2, 3);
    model.compile({
      optimizer: optimizer(),
      loss: (target, prediction) => bare(target, prediction),
    });
    await model.save(filesIn(folder), { includeOptimizer: true });
    const { trainingConfig } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
    expect(trainingConfig.loss).toEqual({});
  });
});

describe('a loss that does not fit its model', () => {
  beforeAll(() => useBackend('cpu'));
  const one = () => voxelModel([8], 2, 3);
  const cases: readonly (readonly [string, () => unknown, RegExp])[] = [
    [
      'classes that are not there',
      () => withLoss(one(), dice({ classes: { kind: 'list', channels: [3] } })),
      /Invalid prediction: expected more than 3 channels but received 3 channels/,
    ],
    [
      'a mask',
      () => withLoss(one(), dice({ voxels: 'mask' })),
      /Invalid voxels: expected a loss without a mask.*received 'mask'/,
    ],
    [
      'one loss for two outputs',
      () => withLoss(twoOutputs([8]), spec),
      /Invalid spec: expected a loss for each of the outputs 'organs', 'lesion' but received one loss/,
    ],
    [
      'a forgotten output',
      () => withLoss(twoOutputs([8]), { organs: spec }),
      /received \["organs"\]/,
    ],
    [
      'an output of one channel',
      () => withLoss(twoOutputs([8]), { organs: spec, lesion: dice({ activation: 'softmax' }) }),
      /Invalid lesion\.prediction: expected at least 2 channels/,
    ],
    ['no kept loss', () => lossOf(one()), /Invalid model: expected a model that keeps a loss/],
    [
      'a kept loss of a later version',
      () => {
        const model = one();
        model.setUserDefinedMetadata({ softdice: { format: 2 } });
        return planIn(model);
      },
      /received \{"format":2\}/,
    ],
  ];

  it.each(cases)('is refused: %s', (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });

  it('may be added before the sizes are known', () => {
    const input = tf.input({ shape: [null, null, 2] });
    const output = tf.layers.dense({ units: 3 }).apply(input) as tf.SymbolicTensor;
    const model = tf.model({ inputs: input, outputs: output });
    expect(withLoss(model, dice({ target: 'labels', activation: 'softmax' }))).toBeTypeOf(
      'function',
    );
    expect(() => withLoss(model, dice({ target: 'binary' }))).toThrow(/1 channel/);
  });
});
