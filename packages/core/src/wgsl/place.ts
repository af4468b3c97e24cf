import { variableOf } from './shader.js';

/** Where values without voxels lie in a buffer: at `first + stride * sample + class`. */
export interface Place {
  readonly buffer: string;
  readonly first: number;
  /** From one sample to the next; 0 where all share their values. */
  readonly stride: number;
}

/** A value at a channel or class, as text. */
export function at({ buffer, first, stride }: Place, element: string): string {
  return `${buffer === 'result' ? buffer : variableOf(buffer)}[${first}u + ${stride}u * sample + ${element}]`;
}
