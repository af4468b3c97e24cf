import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = (name: string): string => `${root}packages/${name}/src/index.ts`;

export default defineConfig({
  root,
  resolve: {
    alias: {
      // A longer name first: an alias also stands for what begins with it.
      ...Object.fromEntries(
        ['lint', 'peers', 'wasm'].map((entry) => [
          `@softdice/core/${entry}`,
          `${root}packages/core/src/${entry}/index.ts`,
        ]),
      ),
      '@softdice/tfjs/wasm-convolution': `${root}packages/tfjs/src/wasm-convolution/index.ts`,
      ...Object.fromEntries(
        ['core', 'reference', 'tfjs', 'onnx'].map((name) => [`@softdice/${name}`, source(name)]),
      ),
    },
  },
  test: {
    include: ['test/**/*.test.ts'],
    // Backends keep native memory and threads of their own: one process per file keeps them apart.
    pool: 'forks',
    testTimeout: 120_000,
  },
});
