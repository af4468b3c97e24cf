/** Writes docs/variants.md and its pictures. */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { termKinds } from './choices.js';
import { drawable } from './drawable.js';
import { presets } from './named.js';
import { page } from './page.js';
import { drawn } from './picture.js';

const docs = new URL('../../../', import.meta.url);
const pictures = new URL('pictures/variants/', docs);
const variants = [
  ...presets,
  ...termKinds.flatMap(({ standard, choices }) => [
    standard,
    ...choices.flatMap(({ variants }) => variants),
  ]),
];
await rm(pictures, { recursive: true, force: true });
await mkdir(pictures, { recursive: true });
for (const { slug, spec } of variants) {
  await writeFile(new URL(`${slug}.svg`, pictures), await drawn(drawable(spec)));
}
await writeFile(new URL('variants.md', docs), page());
console.log(`wrote docs/variants.md and ${variants.length} pictures`);
