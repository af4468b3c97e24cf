import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nodeHost } from '../../packages/onnx/src/cli/node-host.js';
import { run } from '../../packages/onnx/src/cli/run.js';
import { root } from './blocks.js';

/** Commands of a page, and lines that they are said to print. */
interface Session {
  readonly at: string;
  readonly commands: readonly string[];
  readonly printed: readonly string[];
}

function sessionsOf(page: string): readonly Session[] {
  const text = readFileSync(join(root, page), 'utf8');
  const blocks = text.matchAll(/^```sh\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```)?/gm);
  return [...blocks].map((match) => ({
    at: `${page}:${text.slice(0, match.index).split('\n').length}`,
    commands: (match[1] ?? '').split('\n').filter((line) => line !== ''),
    printed: (match[2] ?? '').split('\n').filter((line) => line !== ''),
  }));
}

const sessions = sessionsOf('docs/guides/onnx.md');
/** Files that the page speaks of. */
const files: Readonly<Record<string, string>> = {
  'unet.onnx': 'onnx/models/unet.onnx',
  'train.json': 'configs/fixtures/spleen-bundle.json',
  'dataset.json': 'configs/fixtures/nnunet-dataset.json',
  'nnUNetPlans.json': 'configs/fixtures/nnunet-plans.json',
};
const folder = mkdtempSync(join(tmpdir(), 'softdice-'));
const home = process.cwd();

beforeAll(() => {
  for (const [name, file] of Object.entries(files)) {
    copyFileSync(join(root, 'test', file), join(folder, name));
  }
  process.chdir(folder);
});

afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

/** What a command prints; `> file` keeps it in a file, `# exits with 1` says how it ends. */
async function output(line: string): Promise<string> {
  const [command = '', ending = '0'] = line.split(/ # exits with /);
  const [words = '', file] = command.split(' > ');
  const [runner, name, ...rest] = words.split(' ');
  expect([runner, name]).toEqual(['npx', 'softdice']);
  const printed: string[] = [];
  const print = (text: string | Uint8Array): void => {
    printed.push(String(text));
  };
  const code = await run(rest, { ...nodeHost(process), print, tell: print, watched: false });
  expect([line, String(code)]).toEqual([line, ending]);
  if (file !== undefined) writeFileSync(file, printed.join(''));
  return printed.join('');
}

it('are there', () => {
  expect(sessions.length).toBeGreaterThan(3);
});

it.each(sessions.map((session) => [session.at, session] as const))(
  'prints what the page says: %s',
  async (_, { commands, printed }) => {
    const outputs: string[] = [];
    for (const command of commands) outputs.push(await output(command));
    const lines = outputs.join('').split('\n');
    let from = 0;
    for (const wanted of printed) {
      const at = lines.indexOf(wanted, from);
      expect([wanted, at >= 0, at < 0 ? lines.slice(from) : []]).toEqual([wanted, true, []]);
      from = at + 1;
    }
  },
);
