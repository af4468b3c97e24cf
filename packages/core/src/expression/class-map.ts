/** Which channels make up each class, and by how much: the constant matrix of `toClass`, sparse where it can be. */
export type ClassMap =
  | { readonly kind: 'all' }
  | { readonly kind: 'foreground' }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly number[])[] }
  /** A coefficient for each class and channel. */
  | { readonly kind: 'matrix'; readonly rows: readonly (readonly number[])[] };

/** A channel with its factor in a class. */
export interface Member {
  readonly channel: number;
  readonly factor: number;
}

/** Number of classes made of so many channels. */
export function classCount(map: ClassMap, channels: number): number {
  switch (map.kind) {
    case 'all':
      return channels;
    case 'foreground':
      return channels - 1;
    case 'rows':
    case 'matrix':
      return map.rows.length;
  }
}

/** The members of each class. */
export function classMembers(map: ClassMap, channels: number): readonly (readonly Member[])[] {
  switch (map.kind) {
    case 'matrix':
      return map.rows.map((row) => row.map((factor, channel) => ({ channel, factor })));
    case 'rows':
      return map.rows.map((row) => row.map((channel) => ({ channel, factor: 1 })));
    case 'all':
    case 'foreground': {
      const first = map.kind === 'foreground' ? 1 : 0;
      const single = (_: unknown, at: number) => [{ channel: at + first, factor: 1 }];
      return Array.from({ length: channels - first }, single);
    }
  }
}

/** The same matrix the other way: for each channel, the places of the classes that it is a member of. */
export function channelMembers(map: ClassMap, channels: number): readonly (readonly Member[])[] {
  const found = Array.from({ length: channels }, (): Member[] => []);
  classMembers(map, channels).forEach((row, place) => {
    for (const { channel, factor } of row) found[channel]?.push({ channel: place, factor });
  });
  return found;
}

/** Whether each class is one channel, so that dropping channels can wait until after the voxel sums. */
export function isSelection(map: ClassMap): boolean {
  if (map.kind === 'matrix') return false;
  return map.kind !== 'rows' || map.rows.every((row) => row.length === 1);
}
