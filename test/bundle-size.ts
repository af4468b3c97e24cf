import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rollup } from 'vite';
import { sources } from './sources.js';

/** What a module adds to a page, beside tfjs if it needs that: minified, compressed, in bytes. */
export async function addedBytes(code: string): Promise<number> {
  const root = mkdtempSync(join(tmpdir(), 'softdice-size-'));
  const entry = join(root, 'entry.ts');
  writeFileSync(entry, code);
  try {
    const built = await build({
      root,
      configFile: false,
      logLevel: 'error',
      resolve: { alias: [...sources] },
      build: {
        write: false,
        target: 'es2022',
        lib: { entry, formats: ['iife'], name: 'page' },
        rolldownOptions: {
          external: ['@tensorflow/tfjs'],
          output: { globals: { '@tensorflow/tfjs': 'tf' } },
        },
      },
    });
    const outputs = (Array.isArray(built) ? built : [built]) as Rollup.RollupOutput[];
    const texts = outputs.flatMap(({ output }) =>
      output.map((file) => (file.type === 'chunk' ? file.code : String(file.source))),
    );
    // As static files are compressed, once.
    return gzipSync(texts.join(''), { level: 9 }).length;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
