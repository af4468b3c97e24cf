import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dice } from '@softdice/onnx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tiledLoss } from '../../docs/examples/tiles/tiled-loss.js';
import { openVolume, writeVolume } from '../../docs/examples/tiles/volume-file.js';
import { scoreFolder } from '../../docs/examples/workers/score-folder.js';
import { builtScript, type Script } from './built-script.js';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) {
  console.log('No redis-server: the test of workers is left out (apt-get install redis-server)');
}

const shape = [6, 8, 8, 3] as const;
const names = ['a', 'b', 'c', 'd', 'e'];
const spec = dice({ target: 'labels', activation: 'softmax' });

/** Gives a reader of a pipe what it waits for, whether it is there yet or not. */
function release(pipe: string, content: Buffer): void {
  const file = openSync(pipe, 'r+');
  writeSync(file, content);
  closeSync(file);
}

describe.runIf(hasRedis)('a folder of volumes over several workers', () => {
  const root = mkdtempSync(join(tmpdir(), 'softdice-workers-'));
  const folder = join(root, 'volumes');
  const address = join(root, 'redis.sock');
  const running: ChildProcess[] = [];
  let script: Script | undefined;

  /** A worker, and what it has said so far. */
  const worker = (queue: string): { readonly child: ChildProcess; readonly said: string[] } => {
    const args = [script?.path ?? '', address, queue, '500'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => said.push(...String(chunk).trim().split('\n')));
    }
    running.push(child);
    return { child, said };
  };
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  beforeAll(async () => {
    const server = spawn(
      'redis-server',
      ['--port', '0', '--unixsocket', address, '--save', '', '--dir', root],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    running.push(server);
    for (const [at, name] of names.entries()) await writeVolume(join(folder, name), shape, at + 1);
    script = await builtScript('workers/worker');
    await until(() => spawnSync('redis-cli', ['-s', address, 'ping']).status === 0);
  });

  afterAll(async () => {
    const left = running.filter(({ exitCode, signalCode }) => exitCode === null && !signalCode);
    const ends = left.map((child) => once(child, 'exit'));
    for (const child of left) child.kill('SIGKILL');
    await Promise.all(ends);
    script?.remove();
    rmSync(root, { recursive: true, force: true });
  });

  it('counts each volume once, also when workers die or come back from the dead', async () => {
    // A pipe that nobody writes to holds whoever takes this volume, its heart beating.
    const [held = '', frozen = ''] = ['c', 'd'];
    const file = (name: string): string => join(folder, name, 'shape.json');
    const sizes = readFileSync(file(held));
    for (const name of [held, frozen]) {
      rmSync(file(name));
      execFileSync('mkfifo', [file(name)]);
    }
    const early = [worker('volumes'), worker('volumes')];
    const score = scoreFolder(spec, { folder, address, queue: 'volumes' });
    const taker = (name: string) => early.find(({ said }) => said.includes(`took volume-${name}`));
    await until(() => taker(held) !== undefined && taker(frozen) !== undefined);
    const [dead, late] = [taker(held), taker(frozen)];
    expect(dead).not.toBe(late);
    dead?.child.kill('SIGKILL');
    late?.child.kill('SIGSTOP');
    for (const name of [held, frozen]) {
      renameSync(file(name), `${file(name)}.pipe`);
      writeFileSync(file(name), sizes);
    }
    const others = [worker('volumes'), worker('volumes')];
    const { volumes, loss, scores } = await score;

    // The one that was thought dead finishes a volume that is counted: its result is not taken.
    late?.child.kill('SIGCONT');
    release(`${file(frozen)}.pipe`, sizes);
    await until(() => late?.said.some((line) => /lock/i.test(line)) ?? true);
    const again = await scoreFolder(spec, { folder, address, queue: 'volumes' });
    expect([...again.scores.data]).toEqual([...scores.data]);
    expect(again.loss).toEqual(loss);

    const counted = [...early, ...others].flatMap(({ said }) =>
      said.filter((line) => line.startsWith('counted')),
    );
    expect(counted.toSorted()).toEqual(names.map((name) => `counted volume-${name}`));
    expect(volumes).toEqual(names);
    expect(scores.shape).toEqual([names.length, shape[3]]);
    for (const [at, name] of names.entries()) {
      const volume = await openVolume(join(folder, name));
      const alone = await tiledLoss(volume, spec, { depth: 6 });
      await volume.close();
      const own = [...scores.data].slice(at * shape[3], (at + 1) * shape[3]);
      own.forEach((value, channel) => {
        expect(Math.abs(value - (alone.scores[channel] ?? Number.NaN))).toBeLessThan(1e-6);
      });
    }
  });
});
