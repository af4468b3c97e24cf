import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../packages/', import.meta.url));

/**
 * Where the packages' own names lead in tests: to their sources, so that nothing need be built. An
 * entry point of its own, such as `@softdice/core/wasm`, is a folder of that name.
 */
export const sources: readonly { readonly find: RegExp; readonly replacement: string }[] = [
  { find: /^@softdice\/([a-z]+)$/, replacement: `${packages}$1/src/index.ts` },
  { find: /^@softdice\/([a-z]+)\/([a-z-]+)$/, replacement: `${packages}$1/src/$2/index.ts` },
];
