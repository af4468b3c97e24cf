import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Softdice from '@softdice/tfjs';
import type * as Webgpu from '@softdice/tfjs/webgpu';
import type * as Tensorflow from '@tensorflow/tfjs';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { type Bundle, bundled } from './bundled.js';
import { hasChromium } from './chromium.js';
import { pagesInChromium } from './in-chromium.js';
import type {} from './pages/saving.js';
import type {} from './pages/user.js';

const distOf = (name: string): string =>
  join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'dist');

/** A page of four scripts: tfjs, two backends of it, and the build of `npm run script`. */
async function scripts(): Promise<Bundle> {
  const folder = mkdtempSync(join(tmpdir(), 'softdice-script-'));
  const configFile = fileURLToPath(
    new URL('../../packages/tfjs/script.config.ts', import.meta.url),
  );
  await build({ configFile, build: { outDir: folder } });
  const tags = [
    '/tfjs/tf.min.js',
    '/wasm/tf-backend-wasm.min.js',
    '/webgpu/tf-backend-webgpu.min.js',
    'softdice.min.js',
  ].map((src) => `<script src="${src}"></script>`);
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><title>scripts</title>${tags.join('')}`,
  );
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The globals of that page. */
interface Globals {
  readonly tf: typeof Tensorflow & { readonly wasm: { setWasmPaths: (path: string) => void } };
  readonly softdice: typeof Softdice & typeof Webgpu;
}

describe.runIf(hasChromium)('a page built by Vite', () => {
  const { page } = pagesInChromium({ bundle: () => bundled('user.ts', true) }, { page: {} });

  it('needs nothing but @softdice/tfjs', async () => {
    const { formula, path, kind } = await page().evaluate(() => globalThis.userPage);
    expect(formula).toMatch(/p = softmax/);
    expect(kind).toBe('function');
    expect(path).toMatchObject({ kernels: 'ops', reason: expect.stringMatching(/webgl/) });
  });
});

describe.runIf(hasChromium)('a model in IndexedDB', () => {
  const { page } = pagesInChromium({ bundle: () => bundled('saving.ts', true) }, { page: {} });

  it.each(['cpu', 'webgl'])(
    'comes back with its loss and goes on training: %s',
    async (backend) => {
      const [went = [], goes = []] = await page().evaluate(
        (name) => globalThis.saving.goOn(name),
        backend,
      );
      expect(goes).toEqual(went);
      expect(goes.at(-1)).toBeLessThan(goes[0] ?? 0);
    },
  );
});

describe.runIf(hasChromium)('a page of scripts', () => {
  const isolated = {
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
  };
  const folders = {
    tfjs: distOf('@tensorflow/tfjs'),
    webgpu: distOf('@tensorflow/tfjs-backend-webgpu'),
  };
  const pages = pagesInChromium({ bundle: scripts, folders }, { plain: {}, isolated });

  it.each([
    ['plain', 'webgl', 'ops'],
    ['plain', 'wasm', 'fused'],
    ['isolated', 'wasm', 'fused'],
  ] as const)('trains beside tfjs: %s, %s, %s', async (site, backend, kernels) => {
    const trained = await pages[site]().evaluate(async (backend) => {
      const { tf, softdice } = globalThis as unknown as Globals;
      tf.wasm.setWasmPaths('/wasm/');
      await tf.setBackend(backend);
      const model = tf.sequential({
        layers: [
          tf.layers.dense({
            inputShape: [16, 2],
            units: 3,
            kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
          }),
        ],
      });
      const spec = softdice.dice({ activation: 'softmax' });
      const loss = softdice.lossFunction(spec);
      model.compile({ optimizer: tf.train.adam(0.1), loss });
      const image = tf.randomUniform([4, 16, 2], 0, 1, 'float32', 1);
      const target = tf.tidy(() => tf.oneHot(image.greater(0.5).sum(-1).toInt(), 3).toFloat());
      const { history } = await model.fit(image, target, { epochs: 20, verbose: 0 });
      return { losses: history['loss'] as number[], path: softdice.pathOf(spec).kernels };
    }, backend);
    expect(trained.path).toBe(kernels);
    expect(trained.losses.at(-1)).toBeLessThan(0.8 * (trained.losses[0] ?? 0));
  });

  it('has the shaders too', async () => {
    const { loss, path } = await pages.plain().evaluate(async () => {
      const { tf, softdice } = globalThis as unknown as Globals;
      await tf.setBackend('webgpu');
      const spec = softdice.dice({ activation: 'softmax', target: 'labels' });
      const { shaders } = softdice;
      const value = softdice.lossFunction(spec, { kernels: 'fused', shaders })(
        tf.tensor([[0, 1]], [1, 2], 'int32'),
        tf.tensor([
          [
            [1, 1],
            [1, 1],
          ],
        ]),
      );
      const [loss] = await value.data();
      return { loss, path: softdice.pathOf(spec, { shaders }).kernels };
    });
    expect(path).toBe('fused');
    expect(loss).toBeCloseTo(0.5, 4);
  });
});
