import * as ort from 'onnxruntime-node';
import { describe } from 'vitest';
import type { Run } from '../conformance/onnxruntime.js';
import { plainFeeds, runtimeTensors } from '../conformance/plain-feeds.js';
import { writingSuite } from '../conformance/writing-suite.js';
import { bundled } from './bundled.js';
import { hasChromium } from './chromium.js';
import { pagesInChromium } from './in-chromium.js';
import type {} from './pages/onnxruntime.js';

describe.runIf(hasChromium)('onnxruntime-web in Chromium', () => {
  const pages = pagesInChromium({ bundle: () => bundled('onnxruntime.ts', false) }, { plain: {} });
  const inPage: Run = async (bytes, given) => {
    const call = { model: Array.from(bytes), feeds: plainFeeds(given) };
    const found = await pages
      .plain()
      .evaluate(({ model, feeds }) => globalThis.runModel(model, feeds), call);
    return runtimeTensors(ort.Tensor, found);
  };
  writingSuite('onnxruntime-web in Chromium', inPage, 8);
});
