import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { expect, it } from 'vitest';
import { sources } from '../sources.js';

/** What an application takes of an entry point, by Vite. */
async function bundled(entry: string, name: string): Promise<string> {
  const id = 'virtual:entry';
  const result = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: [...sources] },
    plugins: [
      {
        name: 'entry',
        resolveId: (source) => (source === id ? id : undefined),
        load: (source) =>
          source === id
            ? `import { ${name} } from '${entry}'; globalThis.softdice = ${name};`
            : undefined,
      },
    ],
    build: { write: false, minify: true, rollupOptions: { input: id } },
  });
  const [chunk] = 'output' in result ? result.output : [];
  if (chunk === undefined || !('code' in chunk)) throw new Error('no chunk');
  return chunk.code;
}

it('the score of label maps is at most 5 kB gzipped, and is what it is without a bundler', async () => {
  const code = await bundled('@softdice/reference/score', 'score');
  const size = gzipSync(code).length;
  console.log(`@softdice/reference/score: ${code.length} bytes, ${size} gzipped`);
  expect(size).toBeLessThanOrEqual(5000);
  const scope: { softdice?: (...args: unknown[]) => { data: Float64Array } } = {};
  new Function('globalThis', code)(scope);
  const map = { shape: [1, 4], data: Uint8Array.of(0, 1, 1, 2) };
  const metric = { target: 'labels', decide: { kind: 'labels', channels: 3 } };
  const target = { ...map, data: Uint8Array.of(0, 1, 2, 2) };
  expect([...(scope.softdice?.(metric, { prediction: map, target }).data ?? [])]).toEqual([
    1,
    2 / 3,
    2 / 3,
  ]);
});
