import type { GoldenCase } from './golden-case.js';

/** Whether `int(N k / 100)` is 0: torch then takes the mean of no voxel. */
export function isOfNothing({ input }: GoldenCase, percent: number): boolean {
  const [samples = 1, , ...spatial] = input.shape;
  const voxels = spatial.reduce((product, size) => product * size, samples);
  return Math.trunc((voxels * percent) / 100) === 0;
}
