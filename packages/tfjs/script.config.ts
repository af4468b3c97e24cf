import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The build for a plain `<script>`: a global `softdice` beside tfjs's own global `tf`. */
export default defineConfig({
  root: file('.'),
  logLevel: 'error',
  resolve: {
    alias: [
      { find: /^@softdice\/core$/, replacement: file('../core/src/index.ts') },
      { find: /^@softdice\/core\/wasm$/, replacement: file('../core/src/wasm/index.ts') },
      { find: /^@softdice\/core\/wgsl$/, replacement: file('../core/src/wgsl/index.ts') },
    ],
  },
  build: {
    target: 'es2022',
    // tsc's output lies there too.
    emptyOutDir: false,
    sourcemap: true,
    lib: {
      entry: file('src/script.ts'),
      formats: ['iife'],
      name: 'softdice',
      fileName: () => 'softdice.min.js',
    },
    rolldownOptions: {
      external: ['@tensorflow/tfjs'],
      output: { globals: { '@tensorflow/tfjs': 'tf' } },
    },
  },
});
