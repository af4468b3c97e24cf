import { variableOf } from './shader.js';

/** Where values without voxels lie: at `first + stride * sample + class` of a buffer, or of what a shader writes. */
export interface Place {
  readonly buffer: string;
  readonly first: number;
  /** From one sample to the next; 0 where all share their values. */
  readonly stride: number;
}

/** What a shader writes: the result, and what is staged for later lines in the memory of its workgroup. */
const written: readonly string[] = ['result', 'staged'];

/** A value at a channel or class, as text. */
export function at({ buffer, first, stride }: Place, element: string): string {
  return `${written.includes(buffer) ? buffer : variableOf(buffer)}[${first}u + ${stride}u * sample + ${element}]`;
}
