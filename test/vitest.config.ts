import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { sources } from './sources.js';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: { alias: [...sources] },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/seed.ts'],
    // Backends keep native memory and threads of their own: one process per file keeps them apart.
    pool: 'forks',
    // By default a core is left idle.
    maxWorkers: '100%',
    testTimeout: 120_000,
    // Pages are bundled and a browser is started before tests of them.
    hookTimeout: 120_000,
  },
});
