import { at, type Input, voxelsOf } from './input.js';

/** A condition on inputs. */
export type Condition = keyof typeof conditions;

/** Conditions on inputs, each by what it says. */
export const conditions = {
  'hard targets': ({ target }: Input): boolean => target.every((t) => t === 0 || t === 1),
  'one class per voxel': (input: Input): boolean => {
    const t = at(input, input.target);
    return everyVoxel(input, (sample, voxel) => {
      const marks = Array.from({ length: input.channels }, (_, channel) =>
        t(sample, channel, voxel),
      );
      return marks.every((one) => one === 0 || one === 1) && total(marks) === 1;
    });
  },
  'no absent class': (input: Input): boolean => {
    const t = at(input, input.target);
    return Array.from({ length: input.samples * input.channels }, (_, cell) => {
      const [sample, channel] = [Math.floor(cell / input.channels), cell % input.channels];
      return Array.from({ length: voxelsOf(input) }, (_, voxel) => t(sample, channel, voxel));
    }).every((mass) => total(mass) > 0);
  },
  'predictions in (0, 1)': ({ prediction }: Input): boolean =>
    prediction.every((p) => p > 0 && p < 1),
  'predictions that sum to 1 over the channels': (input: Input): boolean => {
    const p = at(input, input.prediction);
    return everyVoxel(input, (sample, voxel) => {
      const shares = Array.from({ length: input.channels }, (_, channel) =>
        p(sample, channel, voxel),
      );
      return Math.abs(total(shares) - 1) < 1e-12;
    });
  },
  'one sample': ({ samples }: Input): boolean => samples === 1,
  'one channel': ({ channels }: Input): boolean => channels === 1,
  'two channels': ({ channels }: Input): boolean => channels === 2,
  'nothing masked': ({ mask }: Input): boolean => mask.every((weight) => weight === 1),
  'a mask of 0 and 1': ({ mask }: Input): boolean => mask.every((w) => w === 0 || w === 1),
  'no ignored voxel': ({ ignored }: Input): boolean => !ignored.includes(true),
} as const;

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
