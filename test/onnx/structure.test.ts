import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dice, exportLoss, type Opset, type SpatialRank } from '@softdice/onnx';
import { describe, expect, it } from 'vitest';
import { decoded, listed } from './model.js';
import { specs } from './specs.js';

const outputs = ['loss', 'gradient', 'scores', 'statistics'] as const;

/** Operators of the standard set that exports may use. */
const standard = new Set(
  `Abs Add Cast Concat Div Equal Exp Expand Gather Identity Less Log LogSoftmax MatMul Max Min Mul
  Neg Pad Pow Range Reciprocal ReduceMax ReduceMin ReduceProd ReduceSum Relu Reshape Shape Sign
  Slice Softmax Squeeze Sub TopK Transpose Unsqueeze`.split(/\s+/),
);

interface Exported {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly opset: Opset;
}

const models: readonly Exported[] = Object.entries(specs).flatMap(([name, [, spec]]) =>
  ([0, 1, 2, 3] as const).flatMap((spatialRank: SpatialRank) =>
    ([17, 18] as const).flatMap((opset) =>
      (['ones', 'input'] as const).map((cotangent) => ({
        name: `${name}, rank ${spatialRank}, opset ${opset}, cotangent ${cotangent}`,
        bytes: exportLoss(spec, { spatialRank, opset, outputs, cotangent }),
        opset,
      })),
    ),
  ),
);

/** Models with one output: nothing may be left in them that only another output needs. */
const parts: readonly Exported[] = Object.entries(specs).flatMap(([name, [, spec]]) =>
  outputs.map((output) => ({
    name: `${name}, ${output} alone`,
    bytes: exportLoss(spec, { spatialRank: 2, outputs: [output] }),
    opset: 17,
  })),
);

describe('exported graphs', () => {
  it('reads like the formula', () => {
    const spec = dice({ target: 'labels', activation: 'softmax' });
    expect(listed(exportLoss(spec, { spatialRank: 2 }))).toMatchSnapshot();
  });

  it('has standard operators only, in the declared versions', () => {
    for (const { name, bytes, opset } of models) {
      const { irVersion, opsetImport, producerName, functions, graph } = decoded(bytes);
      expect([name, irVersion, producerName, functions]).toEqual([name, 8n, 'softdice', []]);
      expect(opsetImport.map(({ domain, version }) => [domain, version])).toEqual([
        ['', BigInt(opset)],
      ]);
      const foreign = graph?.node.filter(
        ({ opType, domain }) => domain !== '' || !standard.has(opType),
      );
      expect([name, foreign?.map(({ opType }) => opType)]).toEqual([name, []]);
    }
  });

  it('names every value once and computes nothing twice', () => {
    for (const { name, bytes } of [...models, ...parts]) {
      const { graph } = decoded(bytes);
      const nodes = graph?.node ?? [];
      const names = [
        ...(graph?.input ?? []).map((port) => port.name),
        ...(graph?.initializer ?? []).map((constant) => constant.name),
        ...nodes.flatMap(({ output }) => output),
      ];
      expect([name, repeated(names)]).toEqual([name, []]);
      expect([name, repeated(nodes.map((node) => node.name))]).toEqual([name, []]);
      expect([name, names.filter((value) => value === '')]).toEqual([name, []]);
      const work = nodes
        .filter(({ opType }) => opType !== 'Identity')
        .map(({ opType, input, attribute }) =>
          [opType, input, attribute.map(({ name, i, ints }) => `${name}=${i}/${ints}`)].join(),
        );
      expect([name, repeated(work)]).toEqual([name, []]);
      // An operator names all its outputs: the indices of TopK are not read.
      const unread = nodes.flatMap(({ output }) => output.slice(1));
      expect([name, unread.filter((value) => !value.endsWith('/indices'))]).toEqual([name, []]);
      const used = new Set([
        ...unread,
        ...nodes.flatMap(({ input }) => input),
        ...(graph?.output ?? []).map((port) => port.name),
      ]);
      expect([name, names.filter((value) => !used.has(value))]).toEqual([name, []]);
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
