import * as ort from 'onnxruntime-web/wasm';
import { type PlainFeeds, plainFeeds, runtimeTensors } from '../../conformance/plain-feeds.js';

declare global {
  /** Runs a model once, in this page. */
  var runModel: (model: readonly number[], feeds: PlainFeeds) => Promise<PlainFeeds>;
}

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'fatal';

globalThis.runModel = async (model, feeds) => {
  const session = await ort.InferenceSession.create(Uint8Array.from(model));
  try {
    return plainFeeds(await session.run(runtimeTensors(ort.Tensor, feeds)));
  } finally {
    await session.release();
  }
};
