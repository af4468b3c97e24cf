import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A piece of TypeScript in a page or in a doc comment. */
export interface Block {
  /** Where it stands, as `file:line`. */
  readonly at: string;
  readonly code: string;
  /** The package whose exports and prelude an example may use without importing them. */
  readonly home?: string;
}

export const root: string = fileURLToPath(new URL('../..', import.meta.url));

/** Every ```ts block of a Markdown page. */
export function pageBlocks(page: string): readonly Block[] {
  return blocksOf(page, readFileSync(join(root, page), 'utf8'));
}

/** Entry points beside the index of a package. */
const entryPoints: readonly string[] = [
  'core/configs',
  'core/convert',
  'core/diff',
  'core/lint',
  'core/peers',
  'core/wasm',
  'core/wasm-score',
  'reference/score',
  'tfjs/plan',
  'tfjs/wasm-convolution',
  'tfjs/webgpu',
];

/** Every example in the doc comments of a package. */
export function exampleBlocks(home: string): readonly Block[] {
  const folder = join(root, 'packages', home, 'src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const path = join(folder, file);
      const comments = readFileSync(path, 'utf8').replaceAll(/^ *\* ?/gm, '');
      // A folder that is an entry point of its own has exports of its own.
      const own = entryPoints.find((entry) => `${home}/${file}`.startsWith(`${entry}/`)) ?? home;
      return blocksOf(relative(root, path), comments).map((block) => ({ ...block, home: own }));
    });
}

function blocksOf(file: string, text: string): readonly Block[] {
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => {
    const line = text.slice(0, match.index).split('\n').length;
    return { at: `${file}:${line}`, code: match[1] ?? '' };
  });
}

/** The block as a module: an example imports what it uses from its package and its prelude. */
export function moduleOf(
  block: Block,
  exported: readonly string[],
  prelude: readonly string[],
): string {
  if (block.home === undefined) return `${block.code}\nexport {};\n`;
  const used = (names: readonly string[]): string =>
    names.filter((name) => new RegExp(`\\b${name}\\b`).test(block.code)).join(', ');
  return [
    `import { ${used(exported)} } from '@softdice/${block.home}';`,
    `import { ${used(prelude)} } from '../prelude.js';`,
    block.code,
    'export {};\n',
  ].join('\n');
}
