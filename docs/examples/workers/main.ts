// Scores a folder of volumes by several workers, one of which is killed on the way:
// node docs/dist/examples/workers/main.js [WORKERS] [VOLUMES] [EDGE]
// It starts a redis-server of its own (apt-get install redis-server).
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dice } from '@softdice/onnx';
import { writeVolume } from '../tiles/volume-file.js';
import { scoreFolder } from './score-folder.js';

const [workers = 3, count = 12, edge = 64] = process.argv.slice(2).map(Number);
const channels = 4;
const folder = await mkdtemp(join(tmpdir(), 'softdice-workers-'));
const volumes = join(folder, 'volumes');
const address = join(folder, 'redis.sock');
const started: ChildProcess[] = [];
const start = (command: string, ...args: string[]): ChildProcess => {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  started.push(child);
  return child;
};
const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const end = once(child, 'exit');
  child.kill();
  await end;
};

try {
  for (let at = 0; at < count; at++) {
    const name = `volume-${String(at).padStart(3, '0')}`;
    await writeVolume(join(volumes, name), [edge, edge, edge, channels], at + 1);
  }
  start('redis-server', '--port', '0', '--unixsocket', address, '--dir', folder, '--save', '');
  const script = fileURLToPath(new URL('worker.js', import.meta.url));
  const [first] = Array.from({ length: workers }, () =>
    start(process.execPath, script, address, 'volumes', '2000'),
  );
  const spec = dice({ target: 'labels', activation: 'softmax' });
  const score = await scoreFolder(spec, {
    folder: volumes,
    address,
    queue: 'volumes',
    onProgress: (done, of) => {
      process.stderr.write(`\r${done} of ${of} volumes${done === of ? '\n' : ''}`);
      // Whatever it was counting is counted by another one.
      if (done === 1 && workers > 1) first?.kill('SIGKILL');
    },
  });
  score.volumes.forEach((name, at) => {
    const own = score.scores.data.slice(at * channels, (at + 1) * channels);
    console.log(`${name}  ${Array.from(own, (each) => each.toFixed(4)).join('  ')}`);
  });
  console.log(`loss over ${count} volumes: ${score.loss.data[0]?.toFixed(6)}`);
} finally {
  // The queue goes last: whoever listens to it would complain.
  for (const child of started.toReversed()) await stop(child);
  await rm(folder, { recursive: true, maxRetries: 5 });
}
