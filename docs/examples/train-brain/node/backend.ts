import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { registerFilterGradient, replaceInputGradient } from '@softdice/tfjs/wasm-convolution';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

/** Makes the wasm backend the current one, with what it needs to train convolutions. */
export async function useWasm(): Promise<void> {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  setWasmPaths(`${join(folder, 'dist')}/`);
  tf.enableProdMode();
  if (!(await tf.setBackend('wasm'))) throw new Error('tfjs has no wasm backend here');
  registerFilterGradient();
  replaceInputGradient();
}
