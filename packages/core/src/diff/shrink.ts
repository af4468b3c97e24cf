import { at, type Input, planes } from './input.js';

/**
 * A smaller input on which the same holds, as small as single steps get: fewer samples, voxels and
 * channels first, then plainer numbers. The same every time.
 *
 * @param holds - Whether an input still shows what is to be shown.
 */
export function shrunk(input: Input, holds: (input: Input) => boolean): Input {
  let smallest = input;
  for (let step = 0; step < 500; step++) {
    const smaller = candidates(smallest).find(holds);
    if (smaller === undefined) return smallest;
    smallest = smaller;
  }
  return smallest;
}

/** Every input that is one step smaller; each step ends, since sizes fall and plain numbers stay. */
function candidates(input: Input): readonly Input[] {
  return [...fewer(input), ...plainer(input)];
}

type Axis = 'samples' | 'channels' | 'rows' | 'columns';

function fewer(input: Input): readonly Input[] {
  const axes: readonly Axis[] = ['samples', 'rows', 'columns', 'channels'];
  return axes.flatMap((axis) =>
    input[axis] === 1
      ? []
      : Array.from({ length: input[axis] }, (_, place) => without(input, axis, place)),
  );
}

/** The input without one place along an axis. */
function without(input: Input, axis: Axis, gone: number): Input {
  const { columns } = input;
  const sizes = { ...input, [axis]: input[axis] - 1 };
  const old = (of: Axis, place: number): number =>
    of === axis && place >= gone ? place + 1 : place;
  const oldVoxel = (voxel: number): number =>
    old('rows', Math.floor(voxel / sizes.columns)) * columns +
    old('columns', voxel % sizes.columns);
  const kept = (values: readonly number[]): readonly number[] =>
    planes(sizes, (sample, channel, voxel) =>
      at(input, values)(old('samples', sample), old('channels', channel), oldVoxel(voxel)),
    );
  const cells = sizes.samples * sizes.rows * sizes.columns;
  const voxels = sizes.rows * sizes.columns;
  const sparse = <T>(values: readonly T[]): readonly T[] =>
    Array.from({ length: cells }, (_, place) => {
      const from = old('samples', Math.floor(place / voxels)) * input.rows * columns;
      return values[from + oldVoxel(place % voxels)];
    }).filter((value) => value !== undefined);
  return {
    ...sizes,
    prediction: kept(input.prediction),
    target: kept(input.target),
    mask: sparse(input.mask),
    ignored: sparse(input.ignored),
  };
}

/** Numbers made plainer, all at once first, then each. */
function plainer(input: Input): readonly Input[] {
  const everywhere = (['mask', 'target', 'prediction'] as const).flatMap((name) =>
    plain.map((change) => ({ ...input, [name]: input[name].map(change) })),
  );
  const once = (['mask', 'target', 'prediction'] as const).flatMap((name) =>
    input[name].flatMap((_, place) =>
      plain.map((change) => ({ ...input, [name]: replaced(input[name], place, change) })),
    ),
  );
  const moved = input.target.flatMap((_, place) => swapped(input, place));
  const ignored = input.ignored.includes(true)
    ? [{ ...input, ignored: input.ignored.map(() => false) }]
    : [];
  return [...ignored, ...everywhere, ...once, ...moved].filter(
    (candidate) => plainness(candidate) < plainness(input),
  );
}

const plain: readonly ((value: number) => number)[] = [
  () => 1,
  () => 0,
  () => 0.5,
  Math.round,
  (value) => Math.round(value * 10) / 10,
];

function replaced(
  values: readonly number[],
  place: number,
  change: (value: number) => number,
): readonly number[] {
  return values.map((value, at) => (at === place ? change(value) : value));
}

/** The class of a voxel moved to channel 0, where it marks another alone. */
function swapped(input: Input, place: number): readonly Input[] {
  const { channels, rows, columns } = input;
  const voxels = rows * columns;
  const channel = Math.floor(place / voxels) % channels;
  if (channel === 0 || input.target[place] !== 1) return [];
  const first = place - channel * voxels;
  return [
    {
      ...input,
      target: input.target.map((t, one) => (one === place ? 0 : one === first ? 1 : t)),
    },
  ];
}

/** How much there is to read: digits of numbers, and marks of channels other than the first. */
function plainness(input: Input): number {
  const digits = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + effort(value), 0);
  const voxels = input.rows * input.columns;
  const marks = input.target.reduce(
    (sum, t, place) => sum + 0.01 * t * (Math.floor(place / voxels) % input.channels),
    0,
  );
  const ignored = input.ignored.filter(Boolean).length;
  const ones = input.prediction.filter((value) => value !== 0).length / 100;
  return (
    digits(input.prediction) +
    ones +
    digits(input.target) +
    digits(input.mask) +
    marks +
    9 * ignored
  );
}

/** 1, 0, then one half, whole numbers, one digit, any. */
function effort(value: number): number {
  if (value === 1 || value === 0) return value === 1 ? 0 : 0.001;
  if (value === 0.5) return 1;
  if (Number.isInteger(value)) return 2;
  return Number.isInteger(value * 10) ? 3 : 4;
}
