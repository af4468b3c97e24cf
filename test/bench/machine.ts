import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { python } from './rivals/process.js';

/** The machine and the versions of everything that was measured. */
export function machineText(): string {
  const [processor] = cpus();
  const require = createRequire(import.meta.url);
  const version = (name: string): string =>
    (require(`${name}/package.json`) as { version: string }).version;
  const torch =
    python === undefined
      ? 'no torch'
      : `torch ${output(python, ['-c', 'import torch; print(torch.__version__)'])}`;
  const load = loadavg().map((value) => value.toFixed(1));
  return [
    `- ${processor?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}; load averages ${load.join(', ')} when it began`,
    `- node ${process.version}, tfjs ${version('@tensorflow/tfjs')}, onnxruntime-node ${version('onnxruntime-node')}, ${torch}, ${output('gcc', ['--version']).split('\n')[0] ?? 'no gcc'}`,
    '- one thread each, forward and gradient, float32, seeded inputs',
  ].join('\n');
}

function output(command: string, args: readonly string[]): string {
  try {
    return execFileSync(command, args, { encoding: 'utf8' }).trim();
  } catch {
    return `no ${command}`;
  }
}
