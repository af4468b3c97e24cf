import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { Bundle } from './bundled.js';
import { launched, opened } from './chromium.js';
import { served, wasmFolder } from './site.js';

/** Milliseconds for building a page and starting a browser, also on a busy machine. */
const starting = 120_000;

/** Headers that a page may be served with. */
export type Headers = Readonly<Record<string, string>>;

/** A page, and how it is served. */
export interface ServedPage {
  /** Builds the page, or says where it lies. */
  readonly bundle: () => Promise<Bundle>;
  /** Folders beside `page` and `wasm`, the binaries of tfjs's wasm backend. */
  readonly folders?: Readonly<Record<string, string>>;
}

/**
 * Opens a page in Chromium, once per way of serving it, for the tests of a `describe`.
 *
 * @param sites - Headers by the name of the site.
 * @returns The opened page of each site, once the tests run.
 */
export function pagesInChromium<Site extends string>(
  { bundle: built, folders = {} }: ServedPage,
  sites: Readonly<Record<Site, Headers>>,
): Readonly<Record<Site, () => Page>> {
  const pages = new Map<string, Page>();
  const closing: (() => unknown)[] = [];
  beforeAll(async () => {
    const bundle = await built();
    closing.push(bundle.remove);
    const browser = await launched();
    closing.push(() => browser.close());
    for (const [name, headers] of Object.entries<Headers>(sites)) {
      const site = await served({ ...folders, page: bundle.folder, wasm: wasmFolder }, headers);
      closing.push(site.close);
      pages.set(name, await opened(browser, `${site.url}/page/`));
    }
  }, starting);
  afterAll(async () => {
    for (const close of closing.toReversed()) await close();
  }, starting);
  const page = (name: string) => (): Page => {
    const found = pages.get(name);
    if (found === undefined) throw new Error(`no page ${name} is open yet`);
    return found;
  };
  return Object.fromEntries(Object.keys(sites).map((name) => [name, page(name)])) as Record<
    Site,
    () => Page
  >;
}
