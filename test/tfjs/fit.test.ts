import {
  combine,
  crossEntropy,
  dice,
  type LossSpec,
  lossFunction,
  type MetricFunction,
  meter,
  metrics,
  valueAndGradient,
  withLoss,
} from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from './backend.js';
import { twoOutputs, voxelData, voxelModel } from './small-models.js';

const spec = dice({ activation: 'softmax', classes: 'foreground' });
const ofLabels = dice({ activation: 'softmax', classes: 'foreground', target: 'labels' });
const names = ['liver', 'spleen'];
const quiet = { verbose: 0, shuffle: false } as const;
const lossesOf = ({ history }: tf.History): readonly number[] =>
  (history['loss'] ?? []).map(Number);

beforeAll(() => useBackend('cpu'));

describe('a compiled model', () => {
  const compiled = (spatial: readonly number[], loss: LossSpec = spec): tf.LayersModel => {
    const model = voxelModel(spatial, 2, 3);
    model.compile({
      optimizer: tf.train.adam(0.1),
      loss: withLoss(model, loss),
      metrics: metrics(loss, { names }),
    });
    return model;
  };

  it('fits with Dice per class in its logs, and leaves nothing', async () => {
    const { image, oneHot } = voxelData(6, [4, 4]);
    const model = compiled([4, 4]);
    const validationData: [tf.Tensor, tf.Tensor] = [image, oneHot];
    await model.fit(image, oneHot, { ...quiet, epochs: 1, validationData });
    const before = tf.memory().numTensors;
    const history = await model.fit(image, oneHot, { ...quiet, epochs: 15, validationData });
    expect(tf.memory().numTensors).toBe(before);
    const logs = ['loss', 'dice_liver', 'dice_spleen', 'dice_mean'];
    expect(Object.keys(history.history).sort()).toEqual(
      [...logs, ...logs.map((name) => `val_${name}`)].sort(),
    );
    const losses = lossesOf(history);
    expect(losses.at(-1)).toBeLessThan(0.8 * (losses[0] ?? 0));
    const liver = history.history['val_dice_liver'] ?? [];
    expect(Number(liver.at(-1))).toBeGreaterThan(Number(liver[0]));
  });

  it('evaluates and trains on a batch', async () => {
    const { image, oneHot } = voxelData(4, [4, 4]);
    const model = compiled([4, 4]);
    const evaluated = model.evaluate(image, oneHot, { batchSize: 4 }) as tf.Scalar[];
    const trained = (await model.trainOnBatch(image, oneHot)) as number[];
    expect(evaluated).toHaveLength(4);
    evaluated.forEach((value, at) => {
      expect(value.dataSync()[0]).toBeCloseTo(trained[at] ?? Number.NaN, 5);
    });
    const [after] = model.evaluate(image, oneHot, { batchSize: 4 }) as tf.Scalar[];
    expect(after?.dataSync()[0]).toBeLessThan(trained[0] ?? 0);
  });

  it.each([
    ['labels as int32', ofLabels, 'int32'],
    ['labels as float32', ofLabels, 'float32'],
  ] as const)('takes %s from a data set', async (_, loss, type) => {
    const { image, labels } = voxelData(6, [4, 4]);
    const model = compiled([4, 4], loss);
    const zipped = tf.data.zip({
      xs: tf.data.array(tf.unstack(image)),
      ys: tf.data.array(tf.unstack(labels.cast(type))),
    });
    const data = zipped.batch(3) as tf.data.Dataset<{ xs: tf.Tensor; ys: tf.Tensor }>;
    const history = await model.fitDataset(data, { epochs: 10, verbose: 0 });
    const losses = lossesOf(history);
    expect(losses.at(-1)).toBeLessThan(0.9 * (losses[0] ?? 0));
    expect(history.history['dice_liver']).toHaveLength(10);
    const [value] = (await model.evaluateDataset(data, {})) as tf.Scalar[];
    expect(value?.dataSync()[0]).toBeLessThan(losses[0] ?? 0);
  });

  it('ignores voxels of no class with target-mass, in fit too', async () => {
    const { image, oneHot } = voxelData(4, [6]);
    const half = tf.tensor([1, 1, 1, 0, 0, 0], [1, 6, 1]);
    const loss = dice({ activation: 'softmax', voxels: 'target-mass' });
    const fitted = async (spatial: number, x: tf.Tensor, y: tf.Tensor) => {
      const model = voxelModel([spatial], 2, 3);
      model.compile({ optimizer: tf.train.sgd(1), loss: withLoss(model, loss) });
      return lossesOf(await model.fit(x, y, { ...quiet, epochs: 3, batchSize: 2 }));
    };
    const masked = await fitted(6, image, oneHot.mul(half));
    const cropped = await fitted(
      3,
      image.slice([0, 0, 0], [4, 3, 2]),
      oneHot.slice([0, 0, 0], [4, 3, 3]),
    );
    masked.forEach((value, at) => {
      expect(value).toBeCloseTo(cropped[at] ?? Number.NaN, 5);
    });
    expect(masked[2]).not.toBeCloseTo(masked[0] ?? 0, 3);
  });

  it('adds the losses of several outputs, each with its own spec and metrics', async () => {
    const { image, oneHot, labels } = voxelData(4, [4, 4]);
    const lesion = labels.greater(1).toFloat().expandDims(-1);
    const specs = {
      organs: spec,
      lesion: combine([
        [0.5, dice({ activation: 'sigmoid', target: 'multilabel' })],
        [0.5, crossEntropy({ activation: 'sigmoid', target: 'multilabel' })],
      ]),
    };
    // Lists by output work, though tfjs's types want one function for each.
    const listed = {
      organs: metrics(specs.organs, { names }),
      lesion: metrics(specs.lesion),
    } as unknown as Record<string, MetricFunction>;
    const model = twoOutputs([4, 4]);
    model.compile({
      optimizer: tf.train.adam(0.1),
      loss: withLoss(model, specs),
      metrics: listed,
    });
    const { history } = await model.fit(image, { organs: oneHot, lesion }, { ...quiet, epochs: 8 });
    const last = (name: string): number => Number(history[name]?.at(-1));
    expect(last('loss')).toBeCloseTo(last('organs_loss') + last('lesion_loss'), 5);
    for (const name of ['organs_loss', 'lesion_loss']) {
      expect(last(name)).toBeLessThan(Number(history[name]?.[0]));
    }
    expect(Object.keys(history)).toContain('organs_dice_liver');
    expect(Object.keys(history).some((name) => name.startsWith('lesion_dice'))).toBe(true);
  });

  it('logs means of batches, where a meter pools', async () => {
    const { image, oneHot } = voxelData(4, [4, 4]);
    const model = compiled(
      [4, 4],
      dice({ activation: 'softmax', classes: 'foreground', per: 'batch' }),
    );
    const pooled = meter(dice({ activation: 'softmax', classes: 'foreground', per: 'batch' }), {
      names,
    });
    const scores: number[][] = [];
    for (const at of [0, 2]) {
      const [x, y] = [image.slice([at], [2]), oneHot.slice([at], [2])];
      const parts = model.evaluate(x, y) as tf.Scalar[];
      scores.push(parts.map((part) => part.dataSync()[0] ?? Number.NaN));
      await pooled.update({ prediction: model.predict(x) as tf.Tensor, target: y });
    }
    const whole = model.evaluate(image, oneHot, { batchSize: 2 }) as tf.Scalar[];
    const mean = ((scores[0]?.[1] ?? 0) + (scores[1]?.[1] ?? 0)) / 2;
    expect(whole[1]?.dataSync()[0]).toBeCloseTo(mean, 5);
    const atOnce = model.evaluate(image, oneHot, { batchSize: 4 }) as tf.Scalar[];
    expect(pooled.result()['dice_liver']).toBeCloseTo(atOnce[1]?.dataSync()[0] ?? Number.NaN, 5);
  });
});

describe('every rank and form of target', () => {
  const ranks: readonly (readonly number[])[] = [[], [5], [4, 3], [2, 3, 2]];
  const layouts = ['channelsLast', 'channelsFirst'] as const;
  const cases = ranks.flatMap((spatial) =>
    layouts.map((layout) => [spatial.length + 2, layout, spatial] as const),
  );

  it.each(cases)('fits tensors of rank %i, %s', async (_, layout, spatial) => {
    const { image, oneHot } = voxelData(6, spatial);
    const rank = spatial.length;
    const forward = [rank + 1, ...Array.from({ length: rank }, (_, at) => at + 1)];
    const input = tf.input({ shape: [...spatial, 2] });
    const kernelInitializer = tf.initializers.glorotUniform({ seed: 2 });
    const logits = tf.layers
      .dense({ units: 3, kernelInitializer })
      .apply(input) as tf.SymbolicTensor;
    const first = layout === 'channelsFirst' && rank > 0;
    const output = first
      ? (tf.layers.permute({ dims: forward }).apply(logits) as tf.SymbolicTensor)
      : logits;
    const model = tf.model({ inputs: input, outputs: output });
    const target = first ? oneHot.transpose([0, ...forward]) : oneHot;
    // Where there are no voxels, samples are what is counted.
    const loss = dice({ activation: 'softmax', per: rank === 0 ? 'batch' : 'image' });
    model.compile({ optimizer: tf.train.adam(0.1), loss: withLoss(model, loss, { layout }) });
    const losses = lossesOf(await model.fit(image, target, { ...quiet, epochs: 12 }));
    expect(losses.at(-1)).toBeLessThan(0.95 * (losses[0] ?? 0));
  });

  it('takes soft targets in fit', async () => {
    const { image, oneHot } = voxelData(4, [6]);
    const soft = oneHot.mul(0.8).add(0.2 / 3);
    const model = voxelModel([6], 2, 3);
    const loss = withLoss(model, dice({ activation: 'softmax', target: 'soft' }));
    model.compile({ optimizer: tf.train.adam(0.1), loss });
    const losses = lossesOf(await model.fit(image, soft, { ...quiet, epochs: 12 }));
    expect(losses.at(-1)).toBeLessThan(0.95 * (losses[0] ?? 0));
  });
});

describe('a loop of one’s own', () => {
  it('applies the gradients of valueAndGradient', () => {
    const { image, labels } = voxelData(4, [4, 4]);
    const step = valueAndGradient(ofLabels);
    const weights = tf.variable(tf.randomNormal([2, 3], 0, 1, 'float32', 5), true, 'weights');
    const optimizer = tf.train.adam(0.1);
    const rows = image.reshape([-1, 2]);
    const values: number[] = [];
    const before = tf.memory().numTensors;
    for (let at = 0; at < 20; at += 1) {
      tf.tidy(() => {
        const prediction = tf.matMul(rows, weights as tf.Tensor2D).reshape([4, 4, 4, 3]);
        const { value, gradient } = step({ prediction, target: labels });
        values.push(value.dataSync()[0] ?? Number.NaN);
        optimizer.applyGradients({ weights: tf.matMul(rows, gradient.reshape([-1, 3]), true) });
      });
    }
    expect(values.at(-1)).toBeLessThan(0.9 * (values[0] ?? 0));
    // The optimizer keeps two moments of the weights.
    expect(tf.memory().numTensors - before).toBeLessThanOrEqual(4);
    weights.dispose();
  });
});

describe('what tfjs carries to no loss', () => {
  const model = () => {
    const made = voxelModel([4, 4], 2, 3);
    made.compile({
      optimizer: 'sgd',
      loss: lossFunction(dice({ target: 'labels', activation: 'softmax' })),
    });
    return made;
  };
  it('labels in fit and evaluate', async () => {
    const { image, labels } = voxelData(2, [4, 4]);
    await expect(model().fit(image, labels, quiet)).rejects.toThrow(
      /checking target: expected logits to have 4 dim/,
    );
    await expect(model().fit(image, labels.expandDims(-1), quiet)).rejects.toThrow(/target/);
    expect(() => model().evaluate(image, labels)).toThrow(/target/);
  });

  it('weights of samples', async () => {
    const { image, oneHot } = voxelData(2, [4, 4]);
    const sampleWeight = tf.ones([2]);
    await expect(model().fit(image, oneHot, { ...quiet, sampleWeight })).rejects.toThrow(
      /sample weight is not supported/,
    );
  });

  it('masks', async () => {
    const { image, oneHot } = voxelData(2, [4, 4]);
    const masked = voxelModel([4, 4], 2, 3);
    masked.compile({
      optimizer: 'sgd',
      loss: lossFunction(dice({ activation: 'softmax', voxels: 'mask' })),
    });
    await expect(masked.fit(image, oneHot, quiet)).rejects.toThrow(
      /\[softdice\] Invalid mask: expected a mask with voxels 'mask' but received nothing/,
    );
  });
});
