import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { loadBrain } from '../../docs/examples/brain/volume.js';
import { contenders } from '../../docs/examples/train-brain/losses.js';
import { useWasm } from '../../docs/examples/train-brain/node/backend.js';
import { halvesOf } from '../../docs/examples/train-brain/slices.js';
import { course, trained } from '../../docs/examples/train-brain/training.js';
import { sources } from '../sources.js';
import type { Bundle } from './bundled.js';
import { hasChromium } from './chromium.js';
import { pagesInChromium } from './in-chromium.js';

async function bundle(): Promise<Bundle> {
  const folder = mkdtempSync(join(tmpdir(), 'softdice-train-'));
  await build({
    root: fileURLToPath(new URL('../../docs/examples/train-brain/page', import.meta.url)),
    base: './',
    configFile: false,
    logLevel: 'error',
    resolve: { alias: [...sources] },
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1e4 },
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The training losses of the same run on the wasm backend. */
async function lossesInNode(): Promise<readonly number[]> {
  await useWasm();
  const [, dice] = contenders;
  if (dice === undefined) throw new Error('no second loss');
  const losses: number[] = [];
  const run = { spec: dice.spec, ...halvesOf(await loadBrain()), seed: 1, keep: 'last' } as const;
  await trained({ ...run, course: { ...course, steps: 4, checks: 2 } }, ({ loss }) =>
    losses.push(loss),
  );
  return losses;
}

describe.runIf(hasChromium)('the page that trains on the brain', () => {
  const { page } = pagesInChromium({ bundle }, { page: {} });

  it('trains by WebGL as in Node: the loss falls, curves and overlays are drawn', async () => {
    await page().getByText('Ready.').waitFor();
    await page().getByLabel('Steps').fill('4');
    await page().getByRole('button').click();
    await page().getByText('Dice: 4 steps in').waitFor({ timeout: 100_000 });
    const cells = await page().locator('tbody tr').allInnerTexts();
    const numbers = cells.map((line) => line.split('\t').map(Number));
    expect(numbers.map(([step]) => step)).toEqual([2, 4]);
    expect(numbers.flat().every(Number.isFinite)).toBe(true);
    expect(numbers.at(-1)?.[1]).toBeLessThan(numbers[0]?.[1] ?? 0);
    // The page shows four digits; rounding differs between backends, and steps add to it.
    const inNode = await lossesInNode();
    inNode.forEach((loss, at) => {
      expect(Math.abs((numbers[at]?.[1] ?? 0) - loss)).toBeLessThan(1e-4);
    });
    expect(await page().locator('#curves polyline').count()).toBe(2);
    const colours = await page()
      .locator('canvas')
      .evaluateAll((canvases) =>
        canvases.map((canvas) => {
          const { width, height } = canvas as HTMLCanvasElement;
          const pixels = (canvas as HTMLCanvasElement)
            .getContext('2d')
            ?.getImageData(0, 0, width, height).data;
          return new Set(new Uint32Array(pixels?.buffer ?? [])).size;
        }),
      );
    // Shades of grey, tinted and not.
    for (const count of colours) expect(count).toBeGreaterThan(30);
    if (process.env['SCREENSHOT'] !== undefined) {
      await page().screenshot({ path: process.env['SCREENSHOT'], fullPage: true });
    }
  });
});
