import type { Case } from '../arbitraries/batch.js';
import { encodedTarget, onlyTerm } from './run.js';

/** The kind of a choice as written. */
export const kind = (tagged: string | { readonly kind: string }): string =>
  typeof tagged === 'string' ? tagged : tagged.kind;

const voxelsOf = ({ batch }: Case): number =>
  batch.prediction.shape.slice(2).reduce((product, size) => product * size, 1);

/** For each voxel of the prediction: its cell in the grid, its target value and its scored class. */
export function cellsOf(
  drawn: Case,
): readonly { readonly cell?: number; readonly t: number; readonly scored?: number }[] {
  const { per = 'image', classes = 'all' } = onlyTerm(drawn.spec);
  const [, channels = 1] = drawn.batch.prediction.shape;
  const listed =
    typeof classes === 'object' && classes.kind === 'list' ? classes.channels : undefined;
  const first = kind(classes) === 'foreground' ? 1 : 0;
  const count = listed?.length ?? channels - first;
  const voxels = voxelsOf(drawn);
  return encodedTarget(drawn).data.map((t, at) => {
    const sample = Math.floor(at / (channels * voxels));
    const channel = Math.floor(at / voxels) % channels;
    const scored = listed === undefined ? channel - first : listed.indexOf(channel);
    if (scored < 0) return { t };
    const cells = {
      image: sample * count + scored,
      batch: scored,
      'merged-image': sample,
      everything: 0,
    };
    return { t, scored, cell: cells[per] };
  });
}
