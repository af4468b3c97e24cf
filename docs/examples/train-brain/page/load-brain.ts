import { type Brain, brainOf } from '../../brain/brain.js';
import { parseVolume, type Volume } from '../../brain/nifti.js';

/** Loads the example brain over the network. */
export async function loadBrain(): Promise<Brain> {
  const t1 = new URL('../../brain/data/t1.nii.gz', import.meta.url);
  const labels = new URL('../../brain/data/labels.nii.gz', import.meta.url);
  return brainOf(await fetched(t1), await fetched(labels));
}

async function fetched(url: URL): Promise<Volume> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status} ${answer.statusText}`);
  return parseVolume(await unpacked(await answer.arrayBuffer()), url.pathname);
}

/** Some servers send a .gz file as an encoding, which the browser has undone by then. */
async function unpacked(bytes: ArrayBuffer): Promise<Uint8Array> {
  const [first, second] = new Uint8Array(bytes, 0, 2);
  if (first !== 0x1f || second !== 0x8b) return new Uint8Array(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
