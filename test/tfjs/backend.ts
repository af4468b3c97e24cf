import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

/** Backends that run without a browser. */
export const backends = ['cpu', 'wasm'] as const;

/** Makes a backend the current one, without tfjs's greeting. */
export async function useBackend(backend: (typeof backends)[number]): Promise<void> {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  setWasmPaths(`${join(folder, 'dist')}/`);
  tf.enableProdMode();
  if (!(await tf.setBackend(backend))) throw new Error(`no backend ${backend}`);
}
