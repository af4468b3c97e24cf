import { type LevelsInputs, type LevelsPlan, levelInputs, nearestIndices } from '@softdice/core';
import type { Batch, Tensor } from '../arbitraries/batch.js';

/** What each level reads, targets and masks resized. */
export function nearestLevels(plan: LevelsPlan, inputs: LevelsInputs<Tensor>): readonly Batch[] {
  return levelInputs(plan, inputs, { shapeOf: ({ shape }) => shape, resized }).map(
    ({ prediction, target, mask }) => ({
      prediction,
      target,
      ...(mask === undefined ? {} : { mask }),
    }),
  );
}

/** The tensor at the nearest voxels, one position after the other. */
function resized({ shape, data }: Tensor, spatial: readonly number[]): Tensor {
  const kept = shape.slice(0, shape.length - spatial.length);
  const lengths = shape.slice(kept.length);
  const maps = [
    ...kept.map((size) => Array.from({ length: size }, (_, at) => at)),
    ...spatial.map((size, axis) => nearestIndices(lengths[axis] ?? 1, size)),
  ];
  const positions = maps.reduce<readonly number[]>(
    (starts, map, axis) =>
      starts.flatMap((start) => map.map((at) => start * (shape[axis] ?? 1) + at)),
    [0],
  );
  return { shape: [...kept, ...spatial], data: positions.map((at) => data[at] ?? Number.NaN) };
}
