import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Debian's browser; another is named by CHROMIUM. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Whether browser tests can run here; without a browser they are left out, with a line that says so. */
export const hasChromium: boolean = existsSync(executablePath);

if (!hasChromium) {
  console.log(
    `No browser at ${executablePath}: browser tests are left out (apt-get install chromium)`,
  );
}

/** SwiftShader computes WebGL and WebGPU on the CPU: right everywhere, and the same everywhere. */
const flags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  // What is read beside a buffer is whatever lies there, not its last number: devices differ in that.
  '--enable-dawn-features=disable_robustness',
];

/** Starts a headless browser with a new profile. */
export function launched(): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...flags] });
}

/** Opens an address; what goes wrong in the page is thrown here, not lost. */
export async function opened(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(url, { waitUntil: 'load' });
  if (errors.length > 0) throw new Error(`${url}: ${errors.join('; ')}`);
  return page;
}
