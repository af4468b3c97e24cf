import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@softdice/core';
import * as coreConfigs from '@softdice/core/configs';
import * as coreConvert from '@softdice/core/convert';
import * as coreDiff from '@softdice/core/diff';
import * as coreLint from '@softdice/core/lint';
import * as corePeers from '@softdice/core/peers';
import * as coreWasm from '@softdice/core/wasm';
import * as coreWasmScore from '@softdice/core/wasm-score';
import * as onnx from '@softdice/onnx';
import * as reference from '@softdice/reference';
import * as referenceScore from '@softdice/reference/score';
import * as softdiceTfjs from '@softdice/tfjs';
import * as tfjsPlan from '@softdice/tfjs/plan';
import * as tfjsConvolution from '@softdice/tfjs/wasm-convolution';
import * as tfjsWebgpu from '@softdice/tfjs/webgpu';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { type Block, exampleBlocks, moduleOf, pageBlocks, root } from './blocks.js';
import * as prelude from './prelude.js';

const packages: Readonly<Record<string, object>> = {
  core,
  'core/configs': coreConfigs,
  'core/convert': coreConvert,
  'core/diff': coreDiff,
  'core/lint': coreLint,
  'core/peers': corePeers,
  'core/wasm': coreWasm,
  'core/wasm-score': coreWasmScore,
  reference,
  'reference/score': referenceScore,
  tfjs: softdiceTfjs,
  'tfjs/plan': tfjsPlan,
  'tfjs/wasm-convolution': tfjsConvolution,
  'tfjs/webgpu': tfjsWebgpu,
  onnx,
};
const folder = join(root, 'test/docs/generated');
const blocks = [
  ...pageBlocks('README.md'),
  ...pageBlocks('docs/guides/metrics.md'),
  ...pageBlocks('docs/sweeps.md'),
  ...pageBlocks('docs/guides/from-python.md'),
  ...pageBlocks('docs/guides/onnx.md'),
  ...pageBlocks('docs/guides/tfjs.md'),
  ...Object.keys(packages)
    .filter((name) => !name.includes('/'))
    .flatMap((home) => exampleBlocks(home)),
];
const files = blocks.map((block, at) => written(block, at));

function written(block: Block, at: number): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `block-${at}.ts`);
  const exported = Object.keys(packages[block.home ?? 'core'] ?? {});
  writeFileSync(file, moduleOf(block, exported, Object.keys(prelude)));
  return file;
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('code in pages and doc comments', () => {
  it('is there', () => {
    expect(blocks.filter(({ home }) => home === undefined).length).toBeGreaterThan(2);
    expect(blocks.filter(({ home }) => home !== undefined).length).toBeGreaterThan(5);
  });

  it('has the right types', () => {
    const program = ts.createProgram(files, {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
      types: ['node'],
      // The sources, for the packages need not be built.
      paths: {
        '@softdice/core/*': [join(root, 'packages/core/src/*/index.ts')],
        '@softdice/reference/*': [join(root, 'packages/reference/src/*/index.ts')],
        '@softdice/tfjs/*': [join(root, 'packages/tfjs/src/*/index.ts')],
        '@softdice/*': [join(root, 'packages/*/src/index.ts')],
      },
    });
    const messages = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      const at = files.indexOf(file?.fileName ?? '');
      const where = blocks[at]?.at ?? file?.fileName;
      return `${where}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
    expect(messages).toEqual([]);
  });

  it.each(blocks.map(({ at }, index) => [at, files[index] ?? ''] as const))(
    'runs: %s',
    async (_, file) => {
      await expect(import(file)).resolves.toBeDefined();
    },
  );
});
