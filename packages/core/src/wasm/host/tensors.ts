import type { VoxelProgram } from '../../program/program.js';

/** What the numbers of an input are to the kernels. */
export interface InputTensor {
  readonly name: string;
  /** How many values a voxel has. */
  readonly channels: number;
  /** Labels are integers. */
  readonly kind: 'float32' | 'int32';
}

/** The inputs of a program beside so many channels of the network. */
export function inputTensors({ inputs }: VoxelProgram, channels: number): readonly InputTensor[] {
  return inputs.map(({ name, axes, type }) => ({
    name,
    channels: axes.includes('channel') ? channels : 1,
    kind: type === 'integer' ? 'int32' : 'float32',
  }));
}
