import { clDice, dice, type LossSpec } from '@softdice/core';
import type { Kernels, Layout } from '@softdice/tfjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '../arbitraries/batch.js';
import { longer } from '../arbitraries/longer.js';
import { metricSuite } from '../conformance/metric-suite.js';
import { disagreementsOf, suite } from '../conformance/suite.js';
import {
  type BrowserBackend,
  metricsInChromium,
  tfjsInChromium,
} from '../conformance/tfjs-chromium.js';
import { bundled } from './bundled.js';
import { hasChromium } from './chromium.js';
import { pagesInChromium } from './in-chromium.js';

/** What the wasm backend needs to start threads. */
const isolated = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

const policy = (scripts: string): { readonly 'content-security-policy': string } => ({
  'content-security-policy': `default-src 'self'; script-src 'self' ${scripts}`,
});

/** WebAssembly may be compiled, text may not be evaluated; nor may WebAssembly, in the last. */
const strict = policy("'wasm-unsafe-eval'");
const strictest = policy('');

describe.runIf(hasChromium)('in Chromium', () => {
  const pages = pagesInChromium(
    { bundle: () => bundled('conformance.ts', false) },
    { plain: {}, isolated, strict, strictest },
  );
  const few = { ranks: [0, 1, 2, 3, 4], share: 0.05 };

  suite(tfjsInChromium(pages.plain, 'cpu', 'channelsLast', 'ops'), { ...few, runs: 20 });
  suite(tfjsInChromium(pages.plain, 'wasm', 'channelsFirst', 'ops'), { ...few, runs: 20 });
  // Every shape is a shader of its own, which takes longer to compile than to run.
  suite(tfjsInChromium(pages.plain, 'webgl', 'channelsLast', 'ops'), {
    ...few,
    runs: 6,
    share: 0.03,
  });
  suite(tfjsInChromium(pages.plain, 'webgl', 'channelsFirst', 'ops'), {
    ...few,
    runs: 5,
    share: 0.02,
  });
  suite(tfjsInChromium(pages.plain, 'webgpu', 'channelsLast', 'ops'), { ...few, runs: 15 });
  suite(tfjsInChromium(pages.plain, 'webgpu', 'channelsFirst', 'ops'), { ...few, runs: 15 });
  suite(tfjsInChromium(pages.plain, 'webgpu', 'channelsLast', 'auto'), {
    ...few,
    runs: 4,
    share: 0.01,
  });
  suite(tfjsInChromium(pages.isolated, 'wasm', 'channelsLast', 'auto'), { ...few, runs: 20 });
  suite(tfjsInChromium(pages.strict, 'wasm', 'channelsLast', 'auto'), { ...few, runs: 5 });
  suite(tfjsInChromium(pages.strictest, 'cpu', 'channelsLast', 'auto'), { ...few, runs: 5 });

  // Equal channels, NaN and empty cells are where shaders differ from what Node has.
  metricSuite(metricsInChromium(pages.plain, 'webgl', 'channelsLast'), 5, [0, 1, 2]);
  metricSuite(metricsInChromium(pages.plain, 'webgpu', 'channelsFirst'), 8, [0, 1, 2]);

  const pathOn = (
    site: keyof typeof pages,
    backend: BrowserBackend,
    given: 'shaders' | 'no shaders' = 'no shaders',
    spec: LossSpec = dice(),
  ) =>
    pages[site]().evaluate(
      async (call) => {
        await globalThis.conformance.use(call.backend);
        return globalThis.conformance.pathOf(call.spec, call.given);
      },
      { backend, spec, given },
    );

  it.each(['channelsLast', 'channelsFirst'] as const)(
    'shaders deal voxels to several workgroups: %s',
    async (layout) => {
      const target = tfjsInChromium(pages.plain, 'webgpu', layout, 'auto');
      await fc.assert(
        fc.asyncProperty(cases({ rank: fc.constant(1) }), async (drawn) => {
          const found = await disagreementsOf(target, longer(drawn, 5000));
          expect(found.filter(({ inBounds }) => inBounds > 1)).toEqual([]);
        }),
        { numRuns: 2, seed: 5 },
      );
    },
  );

  it('shaders are five, whose memory is the gradient and a tenth of it; ops copy nothing', async () => {
    const work = (
      backend: BrowserBackend,
      layout: Layout,
      kernels: Kernels,
      spec: LossSpec = dice({ target: 'labels', activation: 'softmax' }),
    ) =>
      pages.plain().evaluate(
        async (call) => {
          await globalThis.conformance.use(call.backend);
          return globalThis.conformance.work(call.spec, call.options);
        },
        {
          backend,
          spec,
          options: { layout, kernels },
        },
      );
    for (const layout of ['channelsLast', 'channelsFirst'] as const) {
      const { programs, memory, uploads } = await work('webgpu', layout, 'fused');
      expect(programs).toBe(5);
      expect(uploads).toBe(0);
      expect(memory).toBeGreaterThan(1);
      expect(memory).toBeLessThan(1.1);
    }
    // Constants of a shader stay on the device.
    const merged: LossSpec = dice({
      activation: 'softmax',
      target: 'labels',
      classes: {
        kind: 'regions',
        regions: [
          [0, 1],
          [1, 3],
        ],
      },
    });
    expect((await work('webgpu', 'channelsLast', 'fused', merged)).uploads).toBe(0);
    // Ops need more, but no copies: of webgl's packed textures every change of shape would be one.
    for (const [backend, most] of [
      ['webgl', 4.1],
      ['webgpu', 7.5],
    ] as const) {
      const { programs, memory } = await work(backend, 'channelsLast', 'ops');
      console.log(`ops, ${backend}: ${programs} programs, ${memory.toFixed(1)} predictions`);
      expect(memory).toBeLessThan(most);
    }
  });

  it.each(['channelsLast', 'channelsFirst'] as const)(
    'ops of volumes have no more workgroups than webgpu has: %s',
    async (layout) => {
      const said = await pages.plain().evaluate(
        async (call) => {
          await globalThis.conformance.use('webgpu');
          return globalThis.conformance.largest(call.spec, { layout: call.layout, kernels: 'ops' });
        },
        { spec: dice({ target: 'labels', activation: 'softmax' }), layout },
      );
      expect(said).toBe('');
    },
  );

  it.each(['plain', 'isolated', 'strict'] as const)('kernels run in place: %s', async (site) => {
    expect(await pathOn(site, 'wasm')).toEqual({ kernels: 'fused', tensors: 'in place' });
  });

  it('kernels run on copies on cpu, and nowhere on webgl', async () => {
    expect(await pathOn('plain', 'cpu')).toEqual({ kernels: 'fused', tensors: 'copied' });
    const reason = 'the backend is webgl: kernels run on wasm and cpu';
    expect(await pathOn('plain', 'webgl', 'shaders')).toEqual({ kernels: 'ops', reason });
  });

  it('shaders run in place on webgpu where they are given and voxels can be swept', async () => {
    const fused = { kernels: 'fused', tensors: 'in place' };
    expect(await pathOn('plain', 'webgpu', 'shaders')).toEqual(fused);
    expect(await pathOn('strictest', 'webgpu', 'shaders')).toEqual(fused);
    expect(await pathOn('plain', 'webgpu', 'no shaders')).toEqual({
      kernels: 'ops',
      reason: 'the option shaders is not given, without which webgpu has ops',
    });
    expect(await pathOn('plain', 'webgpu', 'shaders', clDice())).toEqual({
      kernels: 'ops',
      reason: "its 'shift' cannot be swept: it looks at neighbours",
    });
  });

  it('shaders give the tape the same gradient, and leave nothing', async () => {
    const spec = dice({ target: 'labels', activation: 'softmax' });
    const { off, left } = await pages.plain().evaluate(async (loss) => {
      await globalThis.conformance.use('webgpu');
      return globalThis.conformance.taped(loss);
    }, spec);
    expect(off).toBeLessThan(1e-7);
    expect(left).toBe(0);
  });

  it('a shader that does not compile is an error where a result is read, and ops go on', async () => {
    // No other test has these shaders: what compiled once is kept.
    const spec = dice({
      target: 'labels',
      activation: 'softmax',
      smoothing: { numerator: 0.125, denominator: 0.125 },
    });
    const found = await pages.plain().evaluate(async (loss) => {
      await globalThis.conformance.use('webgpu');
      return globalThis.conformance.spoiled(loss);
    }, spec);
    const message = /\[softdice\] Invalid shader: expected WGSL .* but received [\s\S]*nothing/;
    expect(found.readings).toEqual([
      expect.stringMatching(message),
      expect.stringMatching(message),
    ]);
    expect(found.afterwards).toBe('');
    expect(found.fused).toMatch(/kernels but received a shader did not compile/);
    expect(found.next).toBeCloseTo(found.expected, 6);
    expect(found.expected).toBeGreaterThan(0.1);
  });

  it('ops run where WebAssembly may not be compiled', async () => {
    const reason = expect.stringMatching(/WebAssembly may not be compiled/);
    expect(await pathOn('strictest', 'cpu')).toEqual({ kernels: 'ops', reason });
  });

  it.each(['cpu', 'wasm', 'webgl', 'webgpu'] as const)('numbers are read: %s', async (backend) => {
    const { message, left } = await pages.plain().evaluate(async (name) => {
      await globalThis.conformance.use(name);
      return globalThis.conformance.refusal();
    }, backend);
    expect(message).toMatch(/expected probabilities in \[0, 1\].* but received 2 at \[0,1\]/);
    expect(left).toBe(0);
  });

  it('the isolated page shares the memory of the wasm backend between threads', async () => {
    const shared = await pages.isolated().evaluate(async () => {
      await globalThis.conformance.use('wasm');
      return globalThis.conformance.wasmIsThreaded();
    });
    expect(shared).toBe(true);
  });

  it('a strict page evaluates no text', async () => {
    const refuses = (site: keyof typeof pages) =>
      pages[site]().evaluate(() => globalThis.conformance.refusesText);
    expect(await Promise.all([refuses('plain'), refuses('strict'), refuses('strictest')])).toEqual([
      false,
      true,
      true,
    ]);
  });
});
