import type { Kernels, Layout } from '@softdice/tfjs';
import type { Page } from 'playwright-core';
import type {} from '../browser/pages/conformance.js';
import { float32, float32Shader, type Precision } from '../tolerance/precision.js';
import type { MetricTarget } from './metric-target.js';
import type { Target } from './target.js';

/** Backends of tfjs in a browser. */
export type BrowserBackend = 'cpu' | 'wasm' | 'webgl' | 'webgpu';

/** A tfjs backend in a page of a browser; specs and numbers go to the page and come back. */
export function tfjsInChromium(
  page: () => Page,
  backend: BrowserBackend,
  layout: Layout,
  kernels: Kernels,
): Target {
  return {
    name: `tfjs-${backend} in Chromium, ${layout}, kernels ${kernels}`,
    precision: precisionOf(backend),
    evaluate: (spec, batch, cotangent) =>
      page().evaluate(
        async (call) => {
          await globalThis.conformance.use(call.backend);
          return globalThis.conformance.evaluate(
            call.spec,
            call.batch,
            call.cotangent,
            call.options,
          );
        },
        { backend, spec, batch, cotangent, options: { layout, kernels } },
      ),
  };
}

/** Hard scores on a tfjs backend in a page of a browser. */
export function metricsInChromium(
  page: () => Page,
  backend: BrowserBackend,
  layout: Layout,
): MetricTarget {
  return {
    name: `tfjs-${backend} in Chromium, ${layout}`,
    precision: precisionOf(backend),
    evaluateMetric: (metric, batch) =>
      page().evaluate(
        async (call) => {
          await globalThis.conformance.use(call.backend);
          return globalThis.conformance.evaluateMetric(call.metric, call.batch, call.layout);
        },
        { backend, metric, batch, layout },
      ),
  };
}

function precisionOf(backend: BrowserBackend): Precision {
  return backend === 'webgl' || backend === 'webgpu' ? float32Shader : float32;
}
