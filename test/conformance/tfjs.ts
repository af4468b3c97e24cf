import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Kernels, Layout } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { float32 } from '../tolerance/precision.js';
import type { LevelsTarget } from './target.js';
import { evaluated, evaluatedLevels } from './tfjs-evaluated.js';

/** A tfjs backend in one layout, by its own ops or by fused kernels where there can be any. */
export function tfjs(
  backend: 'cpu' | 'wasm',
  layout: Layout,
  kernels: Kernels = 'ops',
): LevelsTarget {
  return {
    name: `tfjs-${backend}, ${layout}, kernels ${kernels}`,
    precision: float32,
    evaluate: async (spec, batch, cotangent) => {
      await useBackend(backend);
      return evaluated(spec, batch, cotangent, { layout, kernels });
    },
    evaluateLevels: async (spec, inputs) => {
      await useBackend(backend);
      return evaluatedLevels(spec, inputs, { layout, kernels });
    },
  };
}

export async function useBackend(backend: string): Promise<void> {
  if (tf.getBackend() === backend) return;
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  setWasmPaths(`${join(folder, 'dist')}/`);
  tf.enableProdMode();
  await tf.setBackend(backend);
}
