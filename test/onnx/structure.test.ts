import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dice, exportLoss } from '@softdice/onnx';
import { describe, expect, it } from 'vitest';
import { inBlocks, models as losses, outputs, parts, threeParts } from './grid.js';
import { hardScores } from './metric-grid.js';
import { bodyOf, decoded, listed } from './model.js';
import { specs } from './specs.js';

/** Operators of the standard set that exports may use. */
const standard = new Set(
  `Abs Add ArgMax Cast Concat Div Einsum Equal Exp Expand Gather Greater Identity Less LessOrEqual Log LogSoftmax MatMul
  Max Min Mod Mul Neg Pad Pow Range Reciprocal ReduceMax ReduceMin ReduceProd ReduceSum Relu Reshape Scan Shape
  Sign Slice Softmax Sqrt Squeeze Sub TopK Transpose Unsqueeze Where`.split(/\s+/),
);

const models = [...losses, ...inBlocks, ...threeParts, ...hardScores];

/** The version of the container by opset, as onnx pairs them. */
const containers: Readonly<Record<number, bigint>> = { 17: 8n, 18: 8n, 21: 10n, 26: 13n };

describe('exported graphs', () => {
  it('reads like the formula', () => {
    const spec = dice({ target: 'labels', activation: 'softmax' });
    expect(listed(exportLoss(spec, { spatialRank: 2 }))).toMatchSnapshot();
  });

  it('has standard operators only, in the declared versions', () => {
    for (const { name, bytes, options } of models) {
      const { irVersion, opsetImport, producerName, graph } = decoded(bytes);
      const opset = BigInt(options.opset ?? 17);
      expect([name, irVersion, producerName]).toEqual([
        name,
        containers[Number(opset)],
        'softdice',
      ]);
      const called = options.form === 'function';
      expect(opsetImport.map(({ domain, version }) => [domain, version])).toEqual([
        ['', opset],
        ...(called ? [['softdice', 1n]] : []),
      ]);
      if (called) expect(graph?.node.map(({ domain }) => domain)).toEqual(['softdice']);
      const foreign = bodyOf(bytes).nodes.filter(
        ({ opType, domain }) => domain !== '' || !standard.has(opType),
      );
      expect([name, foreign.map(({ opType }) => opType)]).toEqual([name, []]);
    }
  });

  it('names every value once and computes nothing twice', () => {
    for (const model of [...models, ...parts]) {
      const { name, bytes } = model;
      const { inputs, constants, nodes, outputs } = bodyOf(bytes);
      const names = [...inputs, ...constants, ...nodes.flatMap(({ output }) => output)];
      expect([name, repeated(names)]).toEqual([name, []]);
      expect([name, repeated(nodes.map((node) => node.name))]).toEqual([name, []]);
      expect([name, names.filter((value) => value === '')]).toEqual([name, []]);
      const work = nodes
        .filter(({ opType }) => opType !== 'Identity')
        .map(({ opType, input, attribute }) =>
          [
            opType,
            input,
            attribute.map(
              ({ name, i, ints, g }) =>
                `${name}=${i}/${ints}/${g?.node.map(({ output }) => output)}`,
            ),
          ].join(),
        );
      expect([name, repeated(work)]).toEqual([name, []]);
      // An operator names all its outputs: the indices of TopK are not read.
      const unread = nodes.flatMap(({ opType, output }) =>
        opType === 'Scan' ? [] : output.slice(1),
      );
      expect([name, unread.filter((value) => !value.endsWith('/indices'))]).toEqual([name, []]);
      const used = new Set([...unread, ...nodes.flatMap(({ input }) => input), ...outputs]);
      // Each part takes all that the next one might need of every loss.
      const optional = new Set(threeParts.includes(model) ? inputs : []);
      const idle = names.filter((value) => !used.has(value) && !optional.has(value));
      expect([name, idle]).toEqual([name, []]);
    }
  });

  it('computes nothing of constants alone', () => {
    for (const { name, bytes } of [...models, ...parts]) {
      const { constants, nodes } = bodyOf(bytes);
      const known = new Set(constants);
      const folded = nodes.filter(({ input }) => input.every((value) => known.has(value)));
      expect([name, folded.map((node) => node.name)]).toEqual([name, []]);
    }
  });

  it('compares labels with channels once, in blocks once in each loop', () => {
    for (const { name, bytes, options } of models) {
      const hits = bodyOf(bytes).nodes.filter(
        ({ opType, input: [a = '', b] }) =>
          opType === 'Equal' && a.startsWith('target/') && b === 'channel/index',
      );
      const loops = options.blockSize === undefined ? 1 : 2;
      expect([name, hits.length <= loops]).toEqual([name, true]);
    }
  });

  it('gives the same bytes for the same spec and options', () => {
    for (const [, spec] of Object.values(specs)) {
      const options = { spatialRank: 3, outputs } as const;
      expect(exportLoss(structuredClone(spec), options)).toEqual(exportLoss(spec, options));
    }
  });

  const python = process.env['PYTHON'] ?? 'python3';
  const checks = spawnSync(python, ['-c', 'import onnx']).status === 0;
  it.runIf(checks)('passes the checker of onnx', () => {
    const folder = mkdtempSync(join(tmpdir(), 'softdice-'));
    try {
      models.forEach(({ bytes }, at) => {
        writeFileSync(join(folder, `${at}.onnx`), bytes);
      });
      const script = [
        'import glob, onnx, sys',
        // An older checker does not know the operators of a newer opset.
        'known = onnx.defs.onnx_opset_version()',
        'models = [onnx.load(path) for path in glob.glob(sys.argv[1] + "/*.onnx")]',
        'ours = [model for model in models if model.opset_import[0].version <= known]',
        'assert ours',
        'for model in ours:',
        '    onnx.checker.check_model(model, full_check=True)',
        '    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)',
      ].join('\n');
      const { status, stderr } = spawnSync(python, ['-c', script, folder], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, at) => names.indexOf(name) !== at);
}
