import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';

/** Writes a model as tfjs's own file handlers do: `model.json` and its weights beside it. */
export function filesIn(folder: string): tf.io.IOHandler {
  return tf.io.withSaveHandler(async ({ weightData, weightSpecs, ...rest }) => {
    const weights = Array.isArray(weightData) ? weightData : [weightData ?? new ArrayBuffer(0)];
    const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
    writeFileSync(join(folder, 'model.json'), JSON.stringify({ ...rest, weightsManifest }));
    writeFileSync(
      join(folder, 'weights.bin'),
      Buffer.concat(weights.map((part) => Buffer.from(part))),
    );
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
  });
}

/** Reads such files. */
export function filesOf(folder: string): tf.io.IOHandler {
  return {
    load: async () => {
      const { weightsManifest, ...rest } = JSON.parse(
        readFileSync(join(folder, 'model.json'), 'utf8'),
      );
      const weightData = Uint8Array.from(readFileSync(join(folder, 'weights.bin'))).buffer;
      return { ...rest, weightSpecs: weightsManifest[0].weights, weightData };
    },
  };
}
