import { type Condition, meets } from './domain.js';
import { type Input, planes } from './input.js';
import type { Common } from './inputs-of-both.js';
import type { Random } from './random.js';

/** A small input that both losses take and that meets conditions; undefined where none was found. */
export function drawn(
  random: Random,
  common: Common,
  wanted: readonly Condition[],
): Input | undefined {
  const all = [...common.declared, ...wanted];
  for (let attempt = 0; attempt < 20; attempt++) {
    const input = anyInput(random, common, all);
    if (meets(input, all)) return input;
  }
  return undefined;
}

type Sizes = Pick<Input, 'samples' | 'channels' | 'rows' | 'columns'>;

function anyInput(random: Random, common: Common, wanted: readonly Condition[]): Input {
  const [first = 1, ...others] = common.channels.filter((channels) => {
    if (wanted.includes('one channel')) return channels === 1;
    return !wanted.includes('two channels') || channels === 2;
  });
  const channels = random.pick([first, ...others]);
  const sizes: Sizes = {
    samples: wanted.includes('one sample') ? 1 : random.whole(1, 2),
    channels,
    rows: common.neighbours ? random.whole(2, 4) : 1,
    columns: random.whole(common.neighbours ? 2 : 1, common.neighbours ? 5 : 2 + channels),
  };
  const cells = sizes.samples * sizes.rows * sizes.columns;
  const masked = common.masks && !wanted.includes('nothing masked') && random.chance(0.7);
  const whole = wanted.includes('a mask of 0 and 1') || random.chance(0.5);
  return {
    ...sizes,
    prediction: predictions(random, common, sizes, wanted),
    target: targets(random, sizes, wanted),
    mask: Array.from({ length: cells }, () =>
      masked ? (whole ? random.whole(0, 1) : 2 * random.unit()) : 1,
    ),
    ignored: Array.from({ length: cells }, () => common.ignores && random.chance(0.2)),
  };
}

function predictions(
  random: Random,
  common: Common,
  sizes: Sizes,
  wanted: readonly Condition[],
): readonly number[] {
  if (common.prediction === 'logits') {
    const size = random.pick([0.5, 2, 6]);
    return planes(sizes, () => size * (2 * random.unit() - 1));
  }
  const shared =
    wanted.includes('predictions that sum to 1 over the channels') ||
    (!wanted.includes('predictions in (0, 1)') && random.chance(0.3));
  const inner = wanted.includes('predictions in (0, 1)') || random.chance(0.5);
  const one = (): number => {
    if (inner || random.chance(0.5)) return 0.02 + 0.96 * random.unit();
    return random.whole(0, 1);
  };
  // A channel may be predicted nowhere.
  const empty = inner || random.chance(0.6) ? -1 : random.whole(0, sizes.channels - 1);
  const free = planes(sizes, (_, channel) => (channel === empty ? 0 : one()));
  return shared ? sharedOut(sizes, free) : free;
}

/** The numbers of each voxel divided by their sum. */
function sharedOut(sizes: Sizes, free: readonly number[]): readonly number[] {
  const { channels, rows, columns } = sizes;
  const voxels = rows * columns;
  const entry = (sample: number, channel: number, voxel: number): number =>
    free[(sample * channels + channel) * voxels + voxel] ?? 0;
  return planes(sizes, (sample, channel, voxel) => {
    const sum = Array.from({ length: channels }, (_, one) => entry(sample, one, voxel)).reduce(
      (total, value) => total + value,
      0,
    );
    return sum === 0 ? 1 / channels : entry(sample, channel, voxel) / sum;
  });
}

function targets(random: Random, sizes: Sizes, wanted: readonly Condition[]): readonly number[] {
  const exclusive = wanted.includes('one class per voxel');
  const hard = wanted.includes('hard targets') || random.chance(0.4);
  const { channels, rows, columns } = sizes;
  const voxels = rows * columns;
  const full = wanted.includes('no absent class') || random.chance(0.4);
  if (exclusive || random.chance(0.3)) {
    const few = random.whole(1, channels);
    const classes = Array.from({ length: sizes.samples * voxels }, (_, at) =>
      // Every class in turn, or some classes alone.
      full ? (at % voxels) % channels : random.whole(0, few - 1),
    );
    return planes(sizes, (sample, channel, voxel) =>
      Number(classes[sample * voxels + voxel] === channel),
    );
  }
  const absent = full ? -1 : random.whole(0, channels - 1);
  return planes(sizes, (_, channel, voxel) => {
    if (channel === absent) return 0;
    if (full && voxel === 0) return hard ? 1 : 0.1 + 0.8 * random.unit();
    return hard ? random.whole(0, 1) : random.unit();
  });
}
