import type { ScoredClass } from '../classes/scored-classes.js';
import type { TargetPlanes } from '../inputs/target-planes.js';
import type { VoxelWeights } from '../inputs/voxel-weights.js';

/** Voxels in the intersection, the prediction and the target of one cell. */
export interface HardCounts {
  readonly I: number;
  readonly P: number;
  readonly T: number;
}

/** Decided prediction and target of `voxels` voxels of each sample. */
export interface HardPlanes {
  readonly samples: number;
  readonly voxels: number;
  readonly prediction: TargetPlanes;
  readonly target: TargetPlanes;
  /** 0 where a voxel does not count. */
  readonly weights: VoxelWeights;
}

/** Counts of every class, in a row per sample or in one for all; a region is the union of its members. */
export function hardCounts(
  { samples, voxels, prediction, target, weights }: HardPlanes,
  classes: readonly ScoredClass[],
  pooled: boolean,
): readonly (readonly HardCounts[])[] {
  const rows = Array.from({ length: pooled ? 1 : samples }, () =>
    classes.map(() => ({ I: 0, P: 0, T: 0 })),
  );
  const predicted = new Float64Array(voxels);
  const wanted = new Float64Array(voxels);
  for (let sample = 0; sample < samples; sample += 1) {
    classes.forEach((scored, column) => {
      prediction(sample, scored.prediction, predicted);
      target(sample, scored.target, wanted);
      const counts = weights(sample, scored.prediction[0] ?? 0);
      const cell = rows[pooled ? 0 : sample]?.[column];
      if (cell === undefined) return;
      for (let voxel = 0; voxel < voxels; voxel += 1) {
        if (counts[voxel] === 0) continue;
        // Channels that are not exclusive add up to more than 1 in a union.
        const p = Math.min(predicted[voxel] ?? 0, 1);
        const t = Math.min(wanted[voxel] ?? 0, 1);
        cell.I += p * t;
        cell.P += p;
        cell.T += t;
      }
    });
  }
  return rows;
}
