import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rollup } from 'vite';
import { describe, expect, it } from 'vitest';
import { sources } from '../sources.js';

/** What a module adds to a page that has tfjs already: minified, compressed, in bytes. */
async function addedBytes(code: string): Promise<number> {
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
    return gzipSync(texts.join('')).length;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

describe('the size of a page', () => {
  it.each([
    ['a plan, by ops', "export { lossFunction, valueAndGradient } from '@softdice/tfjs/plan';", 15],
    ['a spec, by kernels too', "export { dice, lossFunction } from '@softdice/tfjs';", 42],
  ])('of %s', async (name, code, most) => {
    const bytes = await addedBytes(code);
    console.log(`${name}: ${(bytes / 1000).toFixed(1)} kB gzipped beside tfjs`);
    expect(bytes).toBeLessThanOrEqual(1000 * most);
  });
});
