// Scores and differentiates a volume that is never in memory as a whole:
// node docs/dist/examples/tiles/main.js [DEPTH] [EDGE] [CHANNELS]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dice } from '@softdice/onnx';
import { tiledLoss } from './tiled-loss.js';
import { openVolume, writeVolume } from './volume-file.js';

const [depth = 8, edge = 256, channels = 4] = process.argv.slice(2).map(Number);
const folder = await mkdtemp(join(tmpdir(), 'softdice-tiles-'));
const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;
const peak = (): number => 1024 * process.resourceUsage().maxRSS;

try {
  await writeVolume(folder, [edge, edge, edge, channels]);
  const volume = await openVolume(folder);
  const before = peak();
  const start = performance.now();
  const { loss, scores } = await tiledLoss(
    volume,
    dice({ target: 'labels', activation: 'softmax' }),
    {
      depth,
      onProgress: ({ pass, tiles, of }) => {
        process.stderr.write(`\r${pass}: ${tiles} of ${of} tiles${tiles === of ? '\n' : ''}`);
      },
    },
  );
  await volume.close();
  const seconds = (performance.now() - start) / 1000;
  const whole = 4 * channels * edge ** 3;
  console.log(`loss ${loss.toFixed(6)}, scores ${scores.map((s) => s.toFixed(4)).join(' ')}`);
  console.log(
    `${megabytes(whole)} of logits in tiles of ${megabytes((whole * depth) / edge)}: ` +
      `${seconds.toFixed(1)} s, memory grew by ${megabytes(peak() - before)} at most`,
  );
} finally {
  await rm(folder, { recursive: true });
}
