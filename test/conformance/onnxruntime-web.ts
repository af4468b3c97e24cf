import * as ort from 'onnxruntime-web/wasm';
import type { Run } from './onnxruntime.js';
import { plainFeeds, runtimeTensors } from './plain-feeds.js';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'fatal';

/** onnxruntime's WebAssembly build, in Node. */
export const inWeb: Run = async (bytes, given) => {
  const session = await ort.InferenceSession.create(bytes);
  try {
    // A tensor of one package is none of another's.
    return await session.run(runtimeTensors(ort.Tensor, plainFeeds(given)));
  } finally {
    await session.release();
  }
};
