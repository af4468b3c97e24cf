import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize } from 'node:path';

/** A server of files on this machine. */
export interface Site {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** The folder of the binaries of tfjs's wasm backend, threaded ones among them. */
export const wasmFolder: string = join(
  dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')),
  'dist',
);

/**
 * Serves folders under their names, such as `{ page: '/tmp/page' }` at `/page/`.
 *
 * @param headers - Added to every answer: a content security policy, say.
 */
export async function served(
  folders: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Site> {
  const server = createServer(async ({ url = '/' }, answer) => {
    const [, name = '', ...rest] = normalize(new URL(url, 'http://localhost').pathname).split('/');
    const folder = folders[name];
    const path = rest.join('/') || 'index.html';
    try {
      if (folder === undefined) throw new Error(`no folder ${name}`);
      const content = await readFile(join(folder, path));
      const type = types[extname(path)] ?? 'application/octet-stream';
      answer.writeHead(200, { 'content-type': type, ...headers }).end(content);
    } catch {
      answer.writeHead(name === 'favicon.ico' ? 204 : 404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
