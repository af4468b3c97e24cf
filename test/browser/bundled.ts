import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { sources } from '../sources.js';

/** A page that Vite has built. */
export interface Bundle {
  readonly folder: string;
  readonly remove: () => void;
}

/**
 * Builds a page that runs one module, as a user of Vite would.
 *
 * @param module - A file of test/browser/pages.
 * @param minify - Off where the page starts the threads of tfjs's wasm backend: minified, its workers
 *   fail and the backend waits for them for ever.
 */
export async function bundled(module: string, minify: boolean): Promise<Bundle> {
  const pages = fileURLToPath(new URL('pages', import.meta.url));
  const root = mkdtempSync(join(tmpdir(), 'softdice-page-'));
  const folder = join(root, 'dist');
  writeFileSync(
    join(root, 'index.html'),
    `<!doctype html><title>softdice</title><script type="module" src="${join(pages, module)}"></script>`,
  );
  await build({
    root,
    base: './',
    configFile: false,
    logLevel: 'error',
    resolve: { alias: [...sources] },
    build: { outDir: folder, target: 'es2022', minify, chunkSizeWarningLimit: 1e4 },
  });
  return { folder, remove: () => rmSync(root, { recursive: true, force: true }) };
}
