import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  deepSupervision,
  dice,
  explain,
  levelsPlanOf,
  levelWeights,
  planOf,
  tversky,
} from '@softdice/core';
import {
  type ConfigLoss,
  readHydra,
  readKeras,
  readMonaiBundle,
  readNnunet,
} from '@softdice/core/configs';
import { fromMonai, importCall } from '@softdice/core/peers';
import { attachLoss, exportLevels, exportLoss, readLevels, readSpec } from '@softdice/onnx';
import { afterAll, describe, expect, it } from 'vitest';
import { commands } from '../../../packages/onnx/src/cli/commands.js';
import { presetNames } from '../../../packages/onnx/src/cli/presets.js';
import { foreign } from '../foreign.js';
import { listed } from '../model.js';
import { specs } from '../specs.js';
import { softdice } from './memory-host.js';

const unet = new Uint8Array(
  readFileSync(fileURLToPath(new URL('../models/unet.onnx', import.meta.url))),
);
const spec = dice({ target: 'labels', activation: 'softmax' });
const model = exportLoss(spec, { spatialRank: 2 });
const word = 'dice:activation=softmax,target=labels';

describe('help', () => {
  it('of the program and of every command', async () => {
    expect((await softdice('--help')).out).toMatchSnapshot();
    for (const { name } of commands) {
      const { code, out, told } = await softdice(`${name} --help`);
      expect([code, told]).toEqual([0, '']);
      expect(out).toMatchSnapshot();
    }
  });

  it('has examples that run', async () => {
    const files = {
      'loss.json': JSON.stringify(spec),
      'dice.onnx': model,
      'loss.onnx': model,
      'train.json': readFileSync(
        new URL('../../configs/fixtures/spleen-bundle.json', import.meta.url),
      ),
      'old.json': JSON.stringify(spec),
      'new.json': JSON.stringify(tversky()),
      'model.onnx': model,
      'unet.onnx': unet,
    };
    const finds = ['lint', 'diff'];
    for (const { name, examples } of commands) {
      // A check reads the file itself; its examples run below.
      for (const line of name === 'check' ? [] : examples) {
        const { code, told } = await softdice(line.split(' > ')[0] ?? '', { files });
        expect([line, code, told]).toEqual([line, finds.includes(name) ? code : 0, '']);
        expect([line, code]).not.toEqual([line, 2]);
      }
    }
  });
});

describe('a loss is named', () => {
  const named = async (line: string, world = {}): Promise<unknown> =>
    JSON.parse((await softdice(`explain ${line} --spec`, world)).out);

  it.each([
    ['by a word', word, {}],
    ['by a preset', '--preset dice --set activation=softmax target=labels', {}],
    ['by a file', 'loss.json', { files: { 'loss.json': JSON.stringify(spec) } }],
    ['by a model', 'model.onnx', { files: { 'model.onnx': model } }],
    ['by standard input', '-', { input: JSON.stringify(spec) }],
  ])('%s', async (_, line, world) => {
    expect(await named(line, world)).toEqual(planOf(spec));
  });

  it('by the arguments of another library', async () => {
    const args = { softmax: true, to_onehot_y: true, include_background: false };
    const wanted = fromMonai('DiceLoss', args, { channels: 4, rank: 2 }).spec;
    const words = 'softmax=True to_onehot_y=true include_background=False --channels 4';
    expect(await named(`--from monai DiceLoss ${words}`)).toEqual(planOf(wanted));
    const inOne = 'monai:DiceLoss:softmax=true,to_onehot_y=true,include_background=false';
    expect(await named(`${inOne} --channels 4`)).toEqual(planOf(wanted));
  });

  it.each([
    ['monai-bundle', ['spleen-bundle.json'], '', ([text = '']) => readMonaiBundle(text)],
    [
      'hydra',
      ['lightning.yaml'],
      '--rank 2',
      ([text = '']) => readHydra(text, { context: { rank: 2 } }),
    ],
    [
      'keras-config',
      ['keras-config.json'],
      '--rank 2 --channels 3',
      ([text = '']) => readKeras(text, { rank: 2, channels: 3 }),
    ],
    [
      'nnunet-files',
      ['nnunet-dataset.json', 'nnunet-plans.json', 'configuration=2d'],
      '',
      ([dataset, plans]) => readNnunet({ dataset, plans, configuration: '2d' }),
    ],
  ] as readonly [string, string[], string, (texts: string[]) => ConfigLoss][])(
    'by a training config: %s',
    async (kind, words, options, read) => {
      const folder = new URL('../../configs/fixtures/', import.meta.url);
      const names = words.filter((each) => !each.includes('='));
      const texts = names.map((name) => readFileSync(new URL(name, folder), 'utf8'));
      const files = Object.fromEntries(names.map((name, at) => [name, texts[at] ?? '']));
      const { spec: wanted } = importCall(read(texts));
      const complete = 'levels' in wanted ? levelsPlanOf(wanted) : planOf(wanted);
      const plain = JSON.parse(JSON.stringify(complete));
      const word = `${kind}:${words.join(',')}`;
      expect(await named(`${word} ${options}`, { files })).toEqual(plain);
      expect(await named(`--config ${kind} ${words.join(' ')} ${options}`, { files })).toEqual(
        plain,
      );
    },
  );

  it('with options inside of options', async () => {
    const wanted = tversky({ alpha: 0.3, smoothing: { numerator: 1, denominator: 2 } });
    expect(await named('tversky:alpha=0.3,smoothing={"numerator":1,"denominator":2}')).toEqual(
      planOf(wanted),
    );
    const line = '--preset tversky --set alpha=0.3 smoothing.numerator=1 smoothing.denominator=2';
    expect(await named(line)).toEqual(planOf(wanted));
  });

  it('by every preset', async () => {
    expect(presetNames.length).toBeGreaterThan(20);
    for (const name of presetNames.filter((each) => each !== 'wassersteinDice')) {
      expect([name, (await softdice(`explain ${name}`)).code]).toEqual([name, 0]);
    }
  });
});

describe('export', () => {
  it('writes what exportLoss gives', async () => {
    const line = `export ${word} --rank 3 --outputs loss,gradient,scores --opset 18 --labels uint8 --layout channelsLast --dtype float16 --cotangent input --block-size 64 -o out.onnx`;
    const { code, files } = await softdice(line);
    expect(code).toBe(0);
    const wanted = exportLoss(spec, {
      spatialRank: 3,
      outputs: ['loss', 'gradient', 'scores'],
      opset: 18,
      labels: 'uint8',
      layout: 'channelsLast',
      dtype: 'float16',
      cotangent: 'input',
      blockSize: 64,
    });
    expect(files.get('out.onnx')).toEqual(wanted);
  });

  it('writes levels, and to standard output', async () => {
    const levels = deepSupervision(spec, levelWeights.two(2));
    const world = { input: JSON.stringify(levels) };
    const { files } = await softdice('export - --rank 2 -o levels.onnx', world);
    expect(files.get('levels.onnx')).toEqual(exportLevels(levels, { spatialRank: 2 }));
    expect(readLevels(files.get('levels.onnx') ?? new Uint8Array())).toBeDefined();
    for (const json of ['', '--json']) {
      const { out } = await softdice(`export ${word} --rank 2 -o - ${json}`);
      expect(out).toBe(`${model.length} bytes`);
    }
  });
});

describe('attach', () => {
  it('writes the model and says what it did', async () => {
    const line = `attach unet.onnx ${word} --prediction logits --outputs loss,statistics --name loss=train/loss dice.I=1 -o out.onnx`;
    const { code, out, files } = await softdice(line, { files: { 'unet.onnx': unet } });
    expect(code).toBe(0);
    // How many nodes a loss has is its own affair.
    const counts = / \d+(?= (bytes|nodes|constants))/g;
    expect(out.replaceAll(counts, ' #')).toMatchSnapshot();
    expect(readSpec(files.get('out.onnx') ?? new Uint8Array())).toEqual(planOf(spec));
    const { out: json } = await softdice(`${line} --json`, { files: { 'unet.onnx': unet } });
    expect(JSON.parse(json)).toMatchObject({ output: 'out.onnx', opset: 17 });
  });

  it('tells where weights of other files belong', async () => {
    const files = { 'models/net.onnx': foreign({ weights: 'net.bin' }) };
    const line = `attach models/net.onnx ${word} --prediction logits -o other/net.onnx`;
    expect((await softdice(line, { files })).told).toContain('copy net.bin to the folder of other');
  });
});

describe('inspect', () => {
  it('shows what is in a loop under it, and counts it', async () => {
    const blocks = exportLoss(spec, { spatialRank: 2, blockSize: 64 });
    const { out } = await softdice('inspect model.onnx', { files: { 'model.onnx': blocks } });
    expect(out).toMatch(/^ {2}\S+\/stacked.* Scan .*\n {4}prediction\/block +Slice /m);
    expect(out).toMatch(/ Scan 2, .*Slice 3,/);
  });

  it('shows a loss', async () => {
    const { out } = await softdice('inspect model.onnx', { files: { 'model.onnx': model } });
    expect(out).toContain(explain(spec).formula.text.split('\n')[0] ?? '');
    // Every node of the file is a line of the table.
    const nodes = listed(model).split('\n').slice(1, -1);
    for (const node of nodes) expect(out).toContain(node.split(' = ')[0]);
  });

  it('shows a model by others', async () => {
    const { out } = await softdice('inspect unet.onnx --no-nodes', {
      files: { 'unet.onnx': unet },
    });
    expect(out).toMatchSnapshot();
  });
});

describe('lint', () => {
  it('exits with 1 where something was found', async () => {
    const bad = await softdice('lint dice:smoothing={"numerator":0} --network softmax --json');
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.out)).toMatchObject([{ number: 'L5', severity: 'high' }]);
    // Softmax of one channel has no effect in MONAI: a finding about the call, not about a spec.
    const call = await softdice('lint monai:DiceLoss:softmax=true --channels 1 --json');
    expect(JSON.parse(call.out)).toMatchObject([{ number: 'L2' }, { number: 'L34' }]);
    const none = await softdice('lint - --json', { input: '{ "terms": [] }' });
    expect([none.code, JSON.parse(none.out)]).toMatchObject([1, [{ number: 'L30' }]]);
    const good = await softdice(`lint ${word} --network logits --channels 3 --absent never`);
    expect([good.code, good.out]).toEqual([0, 'Nothing was found.\n']);
  });
});

describe('diff', () => {
  it('tells what is the same', async () => {
    const { code, out } = await softdice(
      'diff dice:activation=softmax,target=labels monai:DiceLoss:softmax=true,to_onehot_y=true --channels 4 --json',
    );
    expect([code, JSON.parse(out)]).toMatchObject([0, { verdict: 'equal' }]);
  });

  it('shows where losses differ', async () => {
    const { code, out } = await softdice('diff dice jaccard');
    expect(code).toBe(1);
    expect(out).toMatchSnapshot();
  });
});

describe('check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'softdice-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const checked = async (
    bytes: Uint8Array,
    options = '',
  ): Promise<{ code: number; out: string }> => {
    const path = join(folder, 'model.onnx');
    writeFileSync(path, bytes);
    return softdice(`check ${path} ${options}`, { files: { [path]: bytes } });
  };

  it.each(Object.entries(specs))('finds %s right', async (_, [channels, each]) => {
    const outputs = ['loss', 'gradient', 'scores', 'statistics'] as const;
    const bytes = exportLoss(each, { spatialRank: 2, outputs });
    const { code, out } = await checked(bytes, `--channels ${channels} --random 2`);
    expect([code, out]).toEqual([0, out]);
  });

  it.each([
    ['float16', { dtype: 'float16' }],
    ['float64', { dtype: 'float64' }],
    ['channels last', { layout: 'channelsLast' }],
    ['a cotangent', { cotangent: 'input' }],
    ['bytes as labels', { labels: 'uint8' }],
  ] as const)('finds %s right', async (_, options) => {
    const { code, out } = await checked(exportLoss(spec, { spatialRank: 3, ...options }));
    expect([code, out]).toEqual([0, out]);
  });

  it('finds an attached loss right', async () => {
    const files = { 'unet.onnx': unet };
    const line = `attach unet.onnx ${word} --prediction logits --outputs loss,gradient,scores -o out.onnx`;
    const { files: made } = await softdice(line, { files });
    const { code, out } = await checked(made.get('out.onnx') ?? new Uint8Array(), '--size 8');
    expect([code, out]).toEqual([0, out]);
  });

  it('tells how far it is, where someone looks', async () => {
    const path = join(folder, 'watched.onnx');
    writeFileSync(path, model);
    const world = { files: { [path]: model } };
    expect((await softdice(`check ${path}`, world)).told).toBe('');
    const { told } = await softdice(`check ${path}`, { ...world, watched: true });
    expect(told).toContain('1 of 11 inputs');
    // The line is wiped in the end.
    expect(told.endsWith(`${String.fromCharCode(27)}[K`)).toBe(true);
  });

  it('finds a loss right that is of a value inside of the network, channels last too', async () => {
    for (const layout of ['channelsFirst', 'channelsLast'] as const) {
      // The network multiplies axis 1; with the channels last it has as many weights as rows.
      const network = foreign({ hidden: true, rank: 2, dims: ['batch', 3, 'height', 3] });
      const options = { prediction: 'logits', layout };
      const { code, out } = await checked(attachLoss(network, spec, options), '--size 3');
      expect([layout, code, out]).toEqual([layout, 0, out]);
    }
  });

  it('feeds what a network needs beside images', async () => {
    const network = attachLoss(foreign({ steps: true }), spec, { prediction: 'logits' });
    const loss = async (options: string): Promise<unknown> => {
      const { code, out } = await checked(network, `--size 3 --json ${options}`);
      expect([code, out]).toEqual([0, out]);
      return JSON.parse(out).cases[0].differences[0].expected;
    };
    const [none, two] = [await loss(''), await loss('--input steps=2')];
    expect(none).not.toBe(two);
    expect((await checked(network, '--input steps=two')).code).toBe(2);
  });

  it('finds a changed constant', async () => {
    // 2 I became 3 I: the float32 number 2 is in the file as it is.
    const at = Buffer.from(model).indexOf(Buffer.from([0x00, 0x00, 0x00, 0x40]));
    const wrong = Uint8Array.from(model);
    wrong[at + 2] = 0x40;
    const { code, out } = await checked(wrong, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ passed: false, tolerance: 1e-5 });
  });

  it('cannot check what has no loss', async () => {
    expect((await checked(foreign())).code).toBe(2);
  });
});

describe('a command that cannot be carried out', () => {
  const files = { 'unet.onnx': unet, 'text.json': 'no JSON', 'text.onnx': 'no model' };
  it.each([
    'explain',
    `explain ${word} --preset dice`,
    'explain nothing.json',
    'explain text.json',
    'explain text.onnx',
    'explain dice:foo=1',
    'explain dice:activation',
    'explain --preset dyce',
    'explain --from monay DiceLoss',
    'explain --from monai DiceLoss',
    'explain --config bundle train.json',
    'explain --config hydra',
    'explain --config hydra text.json',
    'explain --from monai DiceLoss sofmax=true --channels 4',
    `export ${word} --rank 2`,
    `export ${word} -o out.onnx`,
    `export ${word} --rank two -o out.onnx`,
    `export ${word} --rank 9 -o out.onnx`,
    `export ${word} --rank 2 --outputs los -o out.onnx`,
    `export ${word} --rank 2 --dtype float8 -o out.onnx`,
    `attach unet.onnx ${word} -o out.onnx`,
    `attach unet.onnx ${word} --prediction logit -o out.onnx`,
    `attach text.onnx ${word} --prediction logits -o out.onnx`,
    'check unet.onnx',
    'inspect text.onnx',
    'frobnicate',
    'explain --frobnicate',
  ])('%s', async (line) => {
    const { code, out, told, files: after } = await softdice(line, { files });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(told).toMatchSnapshot();
    expect(told).not.toContain('    at ');
    expect([...after.keys()]).toEqual(Object.keys(files));
  });

  it('says so as JSON too', async () => {
    const { out } = await softdice('explain dice:foo=1 --json');
    expect(JSON.parse(out)).toMatchObject({ error: { problems: [{ path: 'terms[0].foo' }] } });
  });
});

describe('colours', () => {
  const sequences = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');

  it('are there only where they are wanted', async () => {
    const plain = await softdice(`explain ${word}`);
    const coloured = await softdice(`explain ${word}`, { colours: true });
    expect(plain.out).not.toContain('\u001b');
    expect(coloured.out.replaceAll(sequences, '')).toBe(plain.out);
    expect(coloured.out).not.toBe(plain.out);
  });
});
