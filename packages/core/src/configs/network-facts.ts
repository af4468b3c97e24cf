import { isTreeRecord, type Tree } from './config-tree.js';

/** What the only network of a config says about its output. */
export interface NetworkFacts {
  readonly channels?: number;
  readonly rank?: number;
}

const channelNames = ['out_channels', 'out_chns', 'classes', 'num_classes'];
const rankNames = ['spatial_dims', 'dimensions'];

/**
 * Channels and spatial axes of the networks of a config, where all of them that say it agree.
 *
 * @param value - Resolves a value that is a reference, or gives undefined.
 */
export function networkFacts(
  root: Tree,
  value: (tree: Tree, place: readonly string[]) => unknown,
): NetworkFacts {
  const channels = new Set<number>();
  const ranks = new Set<number>();
  const search = (tree: Tree, place: readonly string[]): void => {
    if (Array.isArray(tree)) {
      for (const [at, one] of tree.entries()) search(one, [...place, `${at}`]);
      return;
    }
    if (!isTreeRecord(tree)) return;
    const read = (names: readonly string[], into: Set<number>): void => {
      for (const name of names) {
        if (!Object.hasOwn(tree, name)) continue;
        const number = value(tree[name] ?? null, [...place, name]);
        if (Number.isSafeInteger(number)) into.add(Number(number));
      }
    };
    if (typeof tree['_target_'] === 'string' && isNetwork(tree['_target_'])) {
      read(channelNames, channels);
      read(rankNames, ranks);
    }
    for (const [key, one] of Object.entries(tree)) search(one, [...place, key]);
  };
  search(root, []);
  const only = (found: Set<number>): number | undefined =>
    found.size === 1 ? [...found][0] : undefined;
  const [one, two] = [only(channels), only(ranks)];
  return {
    ...(one === undefined ? {} : { channels: one }),
    ...(two === undefined ? {} : { rank: two }),
  };
}

/** Transforms and metrics have numbers of classes of their own. */
function isNetwork(target: string): boolean {
  return /(net|former|seg|fpn|deeplab\w*|manet|linknet|pan|pspnet)(\w*)$/i.test(
    target.split('.').at(-1) ?? '',
  );
}
