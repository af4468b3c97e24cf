import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Problem } from '../problem.js';
import { tellsPeak } from './resident.js';

/** Garbage is collected when it is asked for, at once, and the room for young objects does not grow. */
const engine: readonly string[] = [
  '--expose-gc',
  '--single-threaded-gc',
  '--max-semi-space-size=1',
];

/**
 * By how many bytes a process of one rival grows at the peak of a step of loss and gradient, beside its
 * inputs and one gradient; undefined where the system does not tell.
 */
export async function grownBytes(
  name: string,
  { samples, channels, spatial }: Problem,
): Promise<number | undefined> {
  if (!tellsPeak) return undefined;
  const module = fileURLToPath(new URL('grown-process.js', import.meta.url));
  const sizes = [samples, channels, ...spatial].map(String);
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [...engine, module, name, ...sizes]);
  return Number(stdout.trim().split('\n').at(-1));
}
