import { spawn } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clDice, dice, exportLoss, readSpec } from '@softdice/onnx';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sources } from '../../sources.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
// Inside of the repository, so that what is not bundled is found.
const folder = mkdtempSync(join(root, 'node_modules/.softdice-'));
const program = join(folder, 'softdice.mjs');

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: [...sources] },
    build: {
      ssr: join(root, 'packages/onnx/src/cli/main.ts'),
      outDir: folder,
      minify: false,
      rolldownOptions: {
        external: ['onnxruntime-node'],
        output: { entryFileNames: 'softdice.mjs' },
      },
    },
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the program; `lines` is how many lines of its output are read before the pipe is closed. */
function softdice(
  words: readonly string[],
  input = '',
  lines = Number.POSITIVE_INFINITY,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...words], { cwd: folder });
    const [out, err]: [string[], string[]] = [[], []];
    child.stdout.on('data', (piece: Buffer) => {
      out.push(piece.toString());
      if (out.join('').split('\n').length > lines) child.stdout.destroy();
    });
    child.stderr.on('data', (piece: Buffer) => err.push(piece.toString()));
    child.on('close', (code) => resolve({ code, out: out.join(''), err: err.join('') }));
    child.stdin.end(input);
  });
}

const spec = dice({ target: 'labels', activation: 'softmax' });
const word = 'dice:activation=softmax,target=labels';

describe('the program', () => {
  it('writes a model, checks it and reads it', async () => {
    const written = await softdice(['export', word, '--rank', '2', '-o', 'dice.onnx']);
    expect(written).toMatchObject({ code: 0, err: '' });
    const bytes = new Uint8Array(readFileSync(join(folder, 'dice.onnx')));
    expect(bytes).toEqual(exportLoss(spec, { spatialRank: 2 }));
    const checked = await softdice(['check', 'dice.onnx', '--json']);
    expect(checked).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(checked.out)).toMatchObject({ passed: true });
  });

  it('reads standard input and writes standard output', async () => {
    const words = ['export', '-', '--rank', '2', '-o', '-'];
    const { code, err } = await softdice(words, JSON.stringify(spec));
    expect([code, err]).toEqual([0, '']);
    const explained = await softdice(['explain', '-', '--spec'], JSON.stringify(spec));
    expect(JSON.parse(explained.out)).toEqual(readSpec(exportLoss(spec, { spatialRank: 2 })));
  });

  it('has no words for a user of a wrong command but what is wrong', async () => {
    const { code, out, err } = await softdice(['explain', 'nothing.json']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^\[softdice\] Cannot read nothing\.json: ENOENT[^\n]*\n$/);
  });

  it('leaves nothing half-written', async () => {
    // A folder stands where the file is to be.
    mkdirSync(join(folder, 'taken.onnx'));
    writeFileSync(join(folder, 'taken.onnx', 'inside'), '');
    const before = readdirSync(folder);
    const { code } = await softdice(['export', word, '--rank', '2', '-o', 'taken.onnx']);
    expect([code, readdirSync(folder)]).toEqual([2, before]);
  });

  it('puts a file in the place of another, and does not write into it', async () => {
    writeFileSync(join(folder, 'first.onnx'), 'as it was');
    linkSync(join(folder, 'first.onnx'), join(folder, 'second.onnx'));
    const { code } = await softdice(['export', word, '--rank', '2', '-o', 'first.onnx']);
    expect([code, readFileSync(join(folder, 'second.onnx'), 'utf8')]).toEqual([0, 'as it was']);
  });

  it('does not mind a reader who has had enough', async () => {
    // Skeletons have thousands of nodes: their listing is more than a pipe holds.
    const skeletons = clDice({ activation: 'sigmoid', target: 'multilabel', iterations: 20 });
    writeFileSync(join(folder, 'large.onnx'), exportLoss(skeletons, { spatialRank: 3 }));
    const { code, out, err } = await softdice(['inspect', 'large.onnx', '--json'], '', 2);
    expect([code, err]).toEqual([0, '']);
    expect(() => JSON.parse(out)).toThrow(SyntaxError);
  });
});
