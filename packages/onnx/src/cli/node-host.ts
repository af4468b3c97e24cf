import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { mostBytes } from '../attach/foreign-model.js';
import { FileError } from './file-error.js';
import type { Host } from './host.js';

/** The host of a process. */
export function nodeHost({ stdin, stdout, stderr, env }: NodeJS.Process): Host {
  const coloured = env['NO_COLOR'] === undefined || env['NO_COLOR'] === '';
  return {
    readFile: (path) => attempt(`read ${path}`, () => wholeFile(path)),
    writeFile: (path, bytes) => attempt(`write ${path}`, () => writeWhole(path, bytes)),
    readInput: async () => {
      const pieces: Buffer[] = [];
      for await (const piece of stdin) pieces.push(Buffer.from(piece));
      return new Uint8Array(Buffer.concat(pieces));
    },
    print: (text) => {
      stdout.write(text);
    },
    tell: (text) => {
      stderr.write(text);
    },
    columns: stdout.isTTY ? stdout.columns : undefined,
    colours: stdout.isTTY && coloured && env['TERM'] !== 'dumb',
    watched: stderr.isTTY && env['CI'] === undefined,
  };
}

async function wholeFile(path: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > mostBytes) throw new FileError(`${size} bytes are more than ${mostBytes}`);
  return readFile(path);
}

/** Writes beside the file and renames, so that no reader sees half of it and no failure leaves it. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const name = `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`;
  const temporary = join(dirname(path), name);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function attempt<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new FileError(`[softdice] Cannot ${what}: ${why}`, { cause });
  }
}
