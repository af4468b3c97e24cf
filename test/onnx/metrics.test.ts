import { InputError, type LossSpec, type MetricSpec, metricOf, SpecError } from '@softdice/core';
import { dice, exportLoss, exportMetric, jaccard, readMetric, readSpec } from '@softdice/onnx';
import { score } from '@softdice/reference';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { halfBits } from '../conformance/half.js';
import { type Feeds, inNode, read } from '../conformance/onnxruntime.js';
import { listed } from './model.js';

const prediction = {
  shape: [2, 3, 4],
  data: [3, 1, 0, 0, 2, 5, 0, 4, 2, 5, 1, 4, 0, 1, 0, 0, 0, 2, 3, 1, 0, 1, 3, 0],
};
const target = { shape: [2, 4], data: [0, 1, 2, 1, 1, 1, 2, 0] };
const spec = dice({ target: 'labels', activation: 'softmax' });

const floats = new ort.Tensor('float32', Float32Array.from(prediction.data), prediction.shape);
const labels = new ort.Tensor('int64', BigInt64Array.from(target.data, BigInt), target.shape);

const numbers = (results: Feeds, name: string): readonly number[] =>
  Array.from(read(results, name).data);

describe('the metrics of a loss', () => {
  it('stand beside it in its graph, which encodes labels once', async () => {
    const bytes = exportLoss(spec, { spatialRank: 1, outputs: ['metrics', 'gradient', 'loss'] });
    const results = await inNode(bytes, { prediction: floats, target: labels });
    expect(Object.keys(results)).toEqual(['metrics', 'gradient', 'loss']);
    const expected = score(metricOf(spec), { prediction, target });
    expect(numbers(results, 'metrics').map((x) => x.toFixed(6))).toEqual(
      [...expected.data].map((x) => x.toFixed(6)),
    );
    const nodes = listed(bytes).split('\n');
    // Of the target, of what is decided, of the sums with 0, and of what is left of the number of voxels.
    expect(nodes.filter((node) => node.includes(' = Equal(')).length).toBe(4);
    expect(nodes.filter((node) => node.includes(' = ArgMax(')).length).toBe(1);
    expect(readSpec(bytes)).toMatchObject({ target: { kind: 'labels' } });
  });

  it('are refused of a soft target', () => {
    const options = { spatialRank: 1, outputs: ['metrics'] } as const;
    expect(() => exportLoss(dice({ target: 'soft' }), options)).toThrowError(SpecError);
  });
});

describe('an exported metric', () => {
  it('is read back', () => {
    const metric: MetricSpec = { target: 'labels', per: 'batch', index: 'jaccard' };
    const bytes = exportMetric(metric, { spatialRank: 2 });
    expect(readMetric(bytes)).toEqual(metricOf(metric));
    expect(exportMetric(readMetric(bytes), { spatialRank: 2 })).toEqual(bytes);
    expect(() => readMetric(exportLoss(spec, { spatialRank: 2 }))).toThrowError(/softdice.metric/);
    expect(() => readSpec(bytes)).toThrowError(InputError);
    expect(readMetric(exportMetric(jaccard(), { spatialRank: 0 }))).toEqual(metricOf(jaccard()));
  });

  it('gives NaN where the metric does', async () => {
    const metric: MetricSpec = { target: 'labels', decide: { kind: 'labels', channels: 3 } };
    const bytes = exportMetric(metric, { spatialRank: 1, outputs: ['scores'] });
    const same = { prediction: labels, target: labels };
    expect(numbers(await inNode(bytes, same), 'scores')).toEqual([1, 1, 1, 1, 1, 1]);
    const none = new ort.Tensor('int64', new BigInt64Array(8), [2, 4]);
    const empty = await inNode(bytes, { prediction: none, target: none });
    expect(numbers(empty, 'scores')).toEqual([1, NaN, NaN, 1, NaN, NaN]);
  });

  it('reads half precision', async () => {
    const metric = metricOf(spec);
    const bytes = exportMetric(metric, { spatialRank: 1, dtype: 'float16' });
    const half = new ort.Tensor('float16', halfBits(prediction.data), prediction.shape);
    const results = await inNode(bytes, { prediction: half, target: labels });
    const expected = score(metric, { prediction, target });
    expect(numbers(results, 'score').map((x) => x.toFixed(6))).toEqual(
      [...expected.data].map((x) => x.toFixed(6)),
    );
  });

  it.each<[string, LossSpec | MetricSpec, object, RegExp]>([
    ['no rank', { target: 'labels' }, {}, /spatialRank/],
    ['an output of losses', spec, { spatialRank: 1, outputs: ['gradient'] }, /outputs/],
    ['a cotangent', spec, { spatialRank: 1, cotangent: 'ones' }, /cotangent.*remove it/],
    ['labels of planes', dice(), { spatialRank: 1, labels: 'int32' }, /labels.*E1/],
    [
      'labels that a byte has not',
      { target: { kind: 'labels', ignore: -1 } },
      { spatialRank: 1, labels: 'uint8' },
      /labels.*-1.*E3/,
    ],
  ])('refuses %s', (_, from, options, message) => {
    const given = options as Parameters<typeof exportMetric>[1];
    expect(() => exportMetric(from, given)).toThrowError(InputError);
    expect(() => exportMetric(from, given)).toThrowError(message);
  });
});
