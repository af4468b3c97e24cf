/** Which channels make up each class: the constant matrix of `toClass`, sparse. */
export type ClassMap =
  | { readonly kind: 'all' }
  | { readonly kind: 'foreground' }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly number[])[] };

/** Number of classes made of so many channels. */
export function classCount(map: ClassMap, channels: number): number {
  switch (map.kind) {
    case 'all':
      return channels;
    case 'foreground':
      return channels - 1;
    case 'rows':
      return map.rows.length;
  }
}

/** The members of each class. */
export function classRows(map: ClassMap, channels: number): readonly (readonly number[])[] {
  if (map.kind === 'rows') return map.rows;
  const first = map.kind === 'foreground' ? 1 : 0;
  return Array.from({ length: channels - first }, (_, at) => [at + first]);
}

/** Whether each class is one channel, so that dropping channels can wait until after the voxel sums. */
export function isSelection(map: ClassMap): boolean {
  return map.kind !== 'rows' || map.rows.every((row) => row.length === 1);
}
