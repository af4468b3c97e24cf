import { at, type Input, voxelsOf } from './input.js';

/** A condition on inputs. */
export type Condition =
  | 'hard targets'
  | 'one class per voxel'
  | 'no absent class'
  | 'predictions in (0, 1)'
  | 'predictions that sum to 1 over the channels'
  | 'one sample'
  | 'one channel'
  | 'two channels'
  | 'nothing masked'
  | 'a mask of 0 and 1'
  | 'no ignored voxel';

/** Conditions on inputs, each by what it says. */
export const conditions: Readonly<Record<Condition, (input: Input) => boolean>> = {
  'hard targets': ({ target }) => target.every((t) => t === 0 || t === 1),
  'one class per voxel': (input) => {
    const t = at(input, input.target);
    return everyVoxel(input, (sample, voxel) => {
      const marks = Array.from({ length: input.channels }, (_, channel) =>
        t(sample, channel, voxel),
      );
      return marks.every((one) => one === 0 || one === 1) && total(marks) === 1;
    });
  },
  'no absent class': (input) => {
    const t = at(input, input.target);
    return Array.from({ length: input.samples * input.channels }, (_, cell) => {
      const [sample, channel] = [Math.floor(cell / input.channels), cell % input.channels];
      return Array.from({ length: voxelsOf(input) }, (_, voxel) => t(sample, channel, voxel));
    }).every((mass) => total(mass) > 0);
  },
  'predictions in (0, 1)': ({ prediction }) => prediction.every((p) => p > 0 && p < 1),
  'predictions that sum to 1 over the channels': (input) => {
    const p = at(input, input.prediction);
    return everyVoxel(input, (sample, voxel) => {
      const shares = Array.from({ length: input.channels }, (_, channel) =>
        p(sample, channel, voxel),
      );
      return Math.abs(total(shares) - 1) < 1e-12;
    });
  },
  'one sample': ({ samples }) => samples === 1,
  'one channel': ({ channels }) => channels === 1,
  'two channels': ({ channels }) => channels === 2,
  'nothing masked': ({ mask }) => mask.every((weight) => weight === 1),
  'a mask of 0 and 1': ({ mask }) => mask.every((w) => w === 0 || w === 1),
  'no ignored voxel': ({ ignored }) => !ignored.includes(true),
};

/** Every condition, those that say least about the data first. */
export const conditionNames = Object.keys(conditions) as readonly Condition[];

/** Whether an input meets conditions. */
export function meets(input: Input, wanted: readonly Condition[]): boolean {
  return wanted.every((condition) => conditions[condition](input));
}

function everyVoxel(input: Input, holds: (sample: number, voxel: number) => boolean): boolean {
  const voxels = voxelsOf(input);
  return Array.from({ length: input.samples * voxels }, (_, place) =>
    holds(Math.floor(place / voxels), place % voxels),
  ).every((one) => one);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
