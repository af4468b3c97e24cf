import type { ScoredClass } from '../classes/scored-classes.js';
import type { VoxelData } from '../inputs/voxel-data.js';

/** The voxels of one sample and scored class. */
export interface ScoredPlane {
  readonly p: Float64Array;
  /** The target after rescaling. */
  readonly t: Float64Array;
  /** The target before rescaling. */
  readonly mass: Float64Array;
  readonly w: Float64Array;
}

/**
 * Visits every sample and scored class; `cell` counts them in the order of the grid [N, C'].
 *
 * The arrays of a plane are overwritten by the next one: a volume is never held per class.
 */
export function forEachPlane(
  classes: readonly ScoredClass[],
  p: Float64Array,
  { sizes, target, rescale, weights }: VoxelData,
  visit: (plane: ScoredPlane, cell: number) => void,
): void {
  const { samples, channels, voxels } = sizes;
  const plane = {
    p: new Float64Array(voxels),
    t: new Float64Array(voxels),
    mass: new Float64Array(voxels),
  };
  for (let sample = 0; sample < samples; sample += 1) {
    classes.forEach((scored, column) => {
      plane.p.fill(0);
      for (const channel of scored.prediction) {
        const first = (sample * channels + channel) * voxels;
        for (let at = 0; at < voxels; at += 1) {
          plane.p[at] = (plane.p[at] ?? 0) + (p[first + at] ?? 0);
        }
      }
      target(sample, scored.target, plane.mass);
      for (let at = 0; at < voxels; at += 1) {
        plane.t[at] = rescale.scale * (plane.mass[at] ?? 0) + rescale.offset;
      }
      const w = weights(sample, scored.prediction[0] ?? 0);
      visit({ ...plane, w }, sample * classes.length + column);
    });
  }
}
