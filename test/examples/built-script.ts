import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { sources } from '../sources.js';

/** A script of the examples that node can run. */
export interface Script {
  readonly path: string;
  readonly remove: () => void;
}

/** Builds a script of docs/examples with the sources of the packages, which need not be built. */
export async function builtScript(example: string): Promise<Script> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  // Inside the repository, where node finds the packages that stay outside of the bundle.
  const outDir = mkdtempSync(join(root, 'node_modules', '.softdice-script-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: [...sources] },
    build: { outDir, ssr: join(root, 'docs/examples', `${example}.ts`), minify: false },
  });
  const [name = ''] = example.split('/').slice(-1);
  return {
    path: join(outDir, `${name}.js`),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}
