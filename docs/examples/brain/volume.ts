import { access } from 'node:fs/promises';

import { type Brain, brainOf } from './brain.js';
import { readVolume } from './read-volume.js';

/**
 * Loads the example brain.
 *
 * @param folder Folder of the two files, ending in a slash; by default the data folder of this
 *   example, found from the source as well as from its compiled copy.
 */
export async function loadBrain(folder?: URL): Promise<Brain> {
  const data = folder ?? (await findData());
  const t1 = await readVolume(new URL('t1.nii.gz', data));
  const labels = await readVolume(new URL('labels.nii.gz', data));
  return brainOf(t1, labels);
}

/** Where the data may lie: beside the source, or reached from either place it may be compiled to. */
const places: readonly string[] = ['./data/', '../../brain/data/', '../../../examples/brain/data/'];

async function findData(): Promise<URL> {
  for (const place of places) {
    const folder = new URL(place, import.meta.url);
    const found = await access(new URL('t1.nii.gz', folder)).then(
      () => true,
      () => false,
    );
    if (found) return folder;
  }
  throw new Error('the example data were not found; name their folder');
}
