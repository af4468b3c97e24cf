import fc from 'fast-check';

/** Drawn classes, and how many they are. */
export interface Scored {
  readonly classes: unknown;
  readonly scored: number;
}

/** Channels, each a class. */
export function channelLists(channels: number): fc.Arbitrary<Scored> {
  const all = fc.constant({ classes: 'all', scored: channels });
  if (channels === 1) return all;
  return fc.oneof(
    all,
    fc.constant({ classes: 'foreground', scored: channels - 1 }),
    someOf(channels).map((list) => ({
      classes: { kind: 'list', channels: list },
      scored: list.length,
    })),
  );
}

/** Channels or unions of them. */
export function scoredClasses(channels: number): fc.Arbitrary<Scored> {
  if (channels === 1) return channelLists(channels);
  const subset = someOf(channels);
  return fc.oneof(
    { arbitrary: channelLists(channels), weight: 3 },
    fc
      .array(subset, { minLength: 1, maxLength: 3 })
      .map((regions) => ({ classes: { kind: 'regions', regions }, scored: regions.length })),
    targetRegions(channels),
  );
}

/** A union of labels for each channel. */
export function targetRegions(channels: number): fc.Arbitrary<Scored> {
  return fc
    .array(someOf(channels), { minLength: channels, maxLength: channels })
    .map((regions) => ({
      classes: { kind: 'regions', regions, merge: 'target' },
      scored: channels,
    }));
}

const someOf = (channels: number): fc.Arbitrary<number[]> =>
  fc.uniqueArray(fc.integer({ min: 0, max: channels - 1 }), { minLength: 1 });
