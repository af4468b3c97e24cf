import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Problem } from '../problem.js';
import type { Entry, Rival } from '../rival.js';

const native = (file: string): string =>
  fileURLToPath(new URL(`../../native/${file}`, import.meta.url));

function runs(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const interpreters = [process.env['PYTHON'] ?? 'python3', '/usr/bin/python3'];

/** The Python that has torch, if any does. */
export const python: string | undefined = interpreters.find((name) =>
  runs(name, ['-c', 'import torch']),
);

/** PyTorch's autograd of the loss as users write it, or a Function with the gradient by hand. */
export function torch(how: 'autograd' | 'function'): Entry {
  const words = how === 'autograd' ? 'hand-written, autograd' : 'closed-form Function';
  return {
    name: `torch ${words}, channelsFirst`,
    start: async (problem) =>
      python === undefined ? undefined : started(problem, python, [native('dice.py'), how]),
  };
}

/** A fused loop in C of 128-bit vectors, compiled here. */
export const fusedC: Entry = {
  name: 'fused C, 128-bit SIMD, channelsFirst',
  start: async (problem) => {
    const compiler = ['gcc', 'clang', 'cc'].find((name) => runs(name, ['--version']));
    if (compiler === undefined || process.arch !== 'x64') return undefined;
    const folder = mkdtempSync(join(tmpdir(), 'softdice-bench-'));
    const program = join(folder, 'dice');
    const flags = ['-O3', '-msse4.2', '-mno-avx', '-fno-math-errno'];
    execFileSync(compiler, [...flags, native('dice.c'), '-o', program, '-lm']);
    return started(problem, program, []);
  },
};

/** Starts a process that answers each line by the loss and the milliseconds of one step. */
function started(problem: Problem, command: string, args: readonly string[]): Rival {
  const folder = mkdtempSync(join(tmpdir(), 'softdice-bench-'));
  const { samples, channels, voxels, first, labels } = problem;
  writeFileSync(join(folder, 'prediction'), first);
  writeFileSync(join(folder, 'target'), labels);
  const numbers = [samples, channels, voxels].map(String);
  const child: ChildProcess = spawn(command, [...args, ...numbers, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (child.stdout === null || child.stdin === null) throw new Error('no pipes');
  const { stdin } = child;
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (line: string): Promise<readonly number[]> => {
    stdin.write(`${line}\n`);
    const { value, done } = await answers.next();
    if (done === true) throw new Error(`${command} ended`);
    return value.split(' ').map(Number);
  };
  return {
    step: async () => {
      const [loss = Number.NaN, milliseconds] = await ask('step');
      return { loss, milliseconds };
    },
    extraBytes: async () => {
      const [bytes] = await ask('memory');
      return bytes === undefined || bytes < 0 ? undefined : bytes;
    },
    close: async () => {
      stdin.end();
      rmSync(folder, { recursive: true });
    },
  };
}
