import { InputError, type LossSpec, type MetricSpec, metricOf, SpecError } from '@softdice/core';
import { score } from '@softdice/reference';
import { dice, diceCrossEntropy, lossFunction, meter, metrics } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { useBackend } from './backend.js';

await useBackend('cpu');

const names = ['ground', 'liver', 'spleen'];
const classes = names.length;
const spec = dice({ activation: 'softmax' });

/** A layer that emits logits for one-hot targets; both a few voxels. */
function network(loss: LossSpec, channels = classes): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 3 });
  const model = tf.sequential({
    layers: [tf.layers.dense({ inputShape: [4, 4, 2], units: channels, kernelInitializer })],
  });
  model.compile({
    optimizer: tf.train.sgd(0.1),
    loss: lossFunction(loss),
    metrics: metrics(loss, channels === classes ? { names } : {}),
  });
  return model;
}

const images = (samples: number): tf.Tensor =>
  tf.randomUniform([samples, 4, 4, 2], 0, 1, 'float32', 1);
const labels = (samples: number): tf.Tensor =>
  tf.randomUniform([samples, 4, 4], 0, classes, 'int32', 2);
const oneHot = (samples: number): tf.Tensor =>
  tf.tidy(() => tf.oneHot(tf.cast(labels(samples), 'int32'), classes).toFloat());

/** The score of the reference, channels first. */
function expected(metric: MetricSpec, prediction: tf.Tensor, target: tf.Tensor): readonly number[] {
  const moved = (x: tf.Tensor): { shape: number[]; data: ArrayLike<number> } =>
    tf.tidy(() => {
      const first = x.rank === 4 ? x.transpose([0, 3, 1, 2]) : x;
      return { shape: first.shape, data: first.dataSync() };
    });
  const inputs = { prediction: moved(prediction), target: moved(target) };
  return [...score(metric, inputs).data];
}

const logged = ['dice_ground', 'dice_liver', 'dice_spleen', 'dice_mean'];

describe('metrics in tfjs layers', () => {
  it('are named in the logs of fit, for training and validation data', async () => {
    const { history } = await network(spec).fit(images(4), oneHot(4), {
      epochs: 2,
      batchSize: 2,
      validationSplit: 0.5,
      verbose: 0,
    });
    const all = ['loss', ...logged];
    expect(Object.keys(history).toSorted()).toEqual(
      [...all, ...all.map((name) => `val_${name}`)].toSorted(),
    );
    for (const values of Object.values(history)) {
      expect(values.every((value) => Number.isFinite(value))).toBe(true);
    }
  });

  it('are named in the logs of fitDataset, which takes labels too', async () => {
    const labelled = dice({ activation: 'softmax', target: 'labels' });
    const data = tf.data.array([0, 1, 2]).map(() => ({ xs: images(1), ys: labels(1) }));
    const { history } = await network(labelled).fitDataset(data as tf.data.Dataset<never>, {
      epochs: 1,
      verbose: 0,
    });
    expect(Object.keys(history)).toEqual(['loss', ...logged]);
  });

  it('are what the reference says, in evaluate and trainOnBatch', async () => {
    const model = network(spec);
    const [x, y] = [images(3), oneHot(3)];
    const metric = metricOf(spec);
    const byHand = expected(metric, model.predict(x) as tf.Tensor, y);
    const mean = byHand.reduce((sum, one) => sum + one / byHand.length, 0);
    const evaluated = (model.evaluate(x, y) as tf.Scalar[]).map(
      (value) => value.dataSync()[0] ?? 0,
    );
    const trained = (await model.trainOnBatch(x, y)) as number[];
    expect(model.metricsNames).toEqual(['loss', ...logged]);
    for (const numbers of [evaluated, trained]) {
      for (const [at, value] of [...byHand, mean].entries()) {
        expect(numbers[at + 1]).toBeCloseTo(value, 6);
      }
    }
  });

  it('of a batch are averaged by fit, pooled by a meter', async () => {
    const [x, y] = [images(4), oneHot(4)];
    const model = network(spec);
    const prediction = model.predict(x) as tf.Tensor;
    const epoch = meter(spec, { names });
    const halves = [0, 2].map((from) => ({
      prediction: prediction.slice(from, 2),
      target: y.slice(from, 2),
    }));
    for (const half of halves) await epoch.update(half);
    const pooled = expected(metricOf(spec), prediction, y)[1] ?? Number.NaN;
    expect(epoch.result()['dice_liver']).toBeCloseTo(pooled, 12);
    const batches = halves.map(
      (half) => expected(metricOf(spec), half.prediction, half.target)[1] ?? 0,
    );
    const [, , liver] = (model.evaluate(x, y, { batchSize: 2 }) as tf.Scalar[]).map(
      (value) => value.dataSync()[0] ?? 0,
    );
    expect(liver).toBeCloseTo(
      batches.reduce((sum, one) => sum + one / 2, 0),
      6,
    );
    expect(Math.abs((liver ?? 0) - pooled)).toBeGreaterThan(1e-4);
  });

  it('of one channel are one function', async () => {
    const binary = dice({ activation: 'sigmoid', target: 'binary' });
    const model = network(binary, 1);
    expect(model.metricsNames).toEqual(['loss', 'dice']);
    const truth = tf.cast(tf.greater(labels(2), 0), 'float32').expandDims(3);
    const { history } = await model.fit(images(2), truth, { epochs: 1, verbose: 0 });
    expect(history['dice']?.length).toBe(1);
  });

  it('of several outputs have the name of the output', async () => {
    const input = tf.input({ shape: [4, 4, 2] });
    const organ = tf.layers.dense({ units: classes, name: 'organ' }).apply(input);
    const lesion = tf.layers.dense({ units: 1, name: 'lesion' }).apply(input);
    const model = tf.model({ inputs: input, outputs: [organ, lesion] as tf.SymbolicTensor[] });
    const [first, second] = [spec, dice({ activation: 'sigmoid', target: 'binary' })];
    const [lesionDice] = metrics(second);
    const [, liver] = metrics(first, { names });
    if (lesionDice === undefined || liver === undefined) throw new Error('no metric');
    model.compile({
      optimizer: 'sgd',
      loss: [lossFunction(first), lossFunction(second)],
      metrics: { organ: liver, lesion: lesionDice },
    });
    const truth = tf.cast(tf.greater(labels(2), 0), 'float32').expandDims(3);
    const { history } = await model.fit(images(2), [oneHot(2), truth], { epochs: 1, verbose: 0 });
    expect(Object.keys(history)).toEqual(
      expect.arrayContaining(['organ_dice_liver', 'lesion_dice']),
    );
  });
});

describe('metrics', () => {
  it.each<[string, LossSpec | MetricSpec, readonly string[] | undefined, readonly string[]]>([
    ['all classes without names', spec, undefined, ['dice_mean']],
    ['given names', spec, names, logged],
    [
      'foreground',
      dice({ classes: 'foreground', activation: 'softmax' }),
      ['liver'],
      ['dice_liver'],
    ],
    [
      'a list',
      dice({ classes: { kind: 'list', channels: [2, 1] } }),
      undefined,
      ['dice_2', 'dice_1', 'dice_mean'],
    ],
    [
      'another index',
      metricOf(spec, { index: 'jaccard' }),
      ['a', 'b'],
      ['jaccard_a', 'jaccard_b', 'jaccard_mean'],
    ],
    ['merged classes', metricOf(spec, { per: 'everything' }), undefined, ['dice']],
    ['the first overlap', diceCrossEntropy(), undefined, ['dice_mean']],
    [
      'label maps',
      { target: 'labels', decide: { kind: 'labels', channels: 2 } },
      undefined,
      ['dice_0', 'dice_1', 'dice_mean'],
    ],
  ])('of %s have readable names', (_, from, given, wanted) => {
    const made = metrics(from, given === undefined ? {} : { names: given });
    expect(made.map(({ name }) => name)).toEqual(wanted);
  });

  it('of one region of many score that region', () => {
    const regions = dice({
      target: 'labels',
      activation: 'sigmoid',
      classes: { kind: 'regions', regions: [[1, 2], [2]], merge: 'target' },
    });
    const made = metrics(regions, { names: ['whole', 'core'] });
    const prediction = tf.tensor4d([1, -1, 1, 1, -1, 1, -1, -1], [1, 2, 2, 2]);
    const truth = tf.tensor3d([1, 2, 0, 2], [1, 2, 2], 'int32');
    const byHand = expected(metricOf(regions), prediction, truth);
    expect(byHand).toEqual([4 / 5, 1 / 2]);
    made.slice(0, 2).forEach((metric, at) => {
      expect(metric(truth, prediction).dataSync()[0]).toBeCloseTo(byHand[at] ?? 0, 6);
    });
  });

  it('read channels first, and leave no tensor behind', () => {
    const prediction = images(2).transpose([0, 3, 1, 2]);
    const truth = tf.oneHot(tf.cast(tf.greater(labels(2), 1), 'int32'), 2).transpose([0, 3, 1, 2]);
    const [score] = metrics(dice(), { layout: 'channelsFirst' });
    const before = tf.memory().numTensors;
    const value = score?.(truth, prediction);
    expect(tf.memory().numTensors).toBe(before + 1);
    value?.dispose();
    expect(() => score?.(prediction, tf.zeros([1]))).toThrowError(InputError);
    expect(tf.memory().numTensors).toBe(before + 1);
  });

  it('have no gradient, and say so', () => {
    const [score] = metrics(spec);
    const loss = (x: tf.Tensor): tf.Scalar => score?.(oneHot(2), x) as tf.Scalar;
    expect(() => tf.grad(loss)(tf.randomNormal([2, 4, 4, classes]))).toThrowError(
      /train with lossFunction/,
    );
  });

  it('refuse names that are not one per class, and what a score cannot be', () => {
    expect(() => metrics(spec, { names: [] })).toThrowError(InputError);
    expect(() => metrics(spec, { names: ['a', 'a'] })).toThrowError(/options.names.*different/);
    expect(() => metrics(spec, { names: ['mean', 'a'] })).toThrowError(/options.names/);
    expect(() =>
      metrics(metricOf(spec, { per: 'everything' }), { names: ['a', 'b'] }),
    ).toThrowError(/1 different name,/);
    expect(() => metrics(spec, { layout: 'NCHW' as 'channelsFirst' })).toThrowError(/layout/);
    expect(() => metrics(spec, { name: 'a' } as object)).toThrowError(/options.name/);
    expect(() => metrics(dice({ target: 'soft' }))).toThrowError(SpecError);
    const [first] = metrics(spec, { names: ['a', 'b'] });
    expect(() => first?.(oneHot(1), oneHot(1))).toThrowError(/as many scored classes as names/);
    const [only] = metrics(dice());
    const one = tf.ones([1, 4, 1]);
    expect(() => only?.(one, one)).toThrowError(/at least 2 channels with decide 'argmax'/);
  });
});

describe('a meter', () => {
  const prediction = tf.tensor3d([0, 0, 1, 0, 1, 1, 0, 0], [4, 2, 1]);
  const truth = tf.tensor2d([0, 1, 1, 0, 0, 1, 0, 0], [4, 2]);
  const binary: MetricSpec = { target: 'binary', decide: 'threshold', per: 'image' };

  it('keeps the scores of samples apart where the metric does', async () => {
    for (const give of ['nan', 'skip', 'one', 'zero'] as const) {
      const epoch = meter({ ...binary, empty: { give } });
      for (let at = 0; at < 4; at += 1) {
        await epoch.update({ prediction: prediction.slice(at, 1), target: truth.slice(at, 1) });
      }
      // The samples score 0, 1 and 2/3; the last one has nothing.
      const sum = 0 + 1 + 2 / 3;
      const mean = { nan: Number.NaN, skip: sum / 3, one: (sum + 1) / 4, zero: sum / 4 }[give];
      const { dice: received = 0 } = epoch.result();
      if (Number.isNaN(mean)) expect(received).toBeNaN();
      else expect(received).toBeCloseTo(mean, 12);
    }
  });

  it('leaves no tensor behind, starts again, and says when it is not ready', async () => {
    const epoch = meter(binary);
    expect(() => epoch.result()).toThrowError(/at least one update/);
    const before = tf.memory().numTensors;
    const update = epoch.update({ prediction, target: truth });
    expect(() => epoch.result()).toThrowError(/finished updates/);
    await update;
    expect(epoch.result()['dice']).toBeNaN();
    expect(() => epoch.update({ prediction: truth, target: truth })).toThrowError(InputError);
    expect(tf.memory().numTensors).toBe(before);
    epoch.reset();
    expect(() => epoch.result()).toThrowError(/at least one update/);
  });

  it('takes label maps', async () => {
    const maps = meter({ target: 'labels', decide: { kind: 'labels', channels: 2 }, per: 'batch' });
    await maps.update({ prediction: tf.cast(prediction, 'int32'), target: truth });
    await maps.update({ prediction: tf.cast(prediction, 'int32').reshape([4, 2]), target: truth });
    const { dice_1: foreground } = maps.result();
    expect(foreground).toBeCloseTo(4 / 6, 12);
  });
});
