/** A part of a spec. */
export type Part = Readonly<Record<string, unknown>>;

/** What a term needs beside the word that it shows, where the defaults are not enough. */
interface Setting {
  readonly term?: Part;
  readonly loss?: Part;
}

/** Regions share voxels, and a cross-entropy takes their labels from the target. */
const entropyOfRegions: Setting = {
  term: {
    activation: 'sigmoid',
    distribution: 'bernoulli',
    classes: { kind: 'regions', regions: [[0], [1]] },
  },
  loss: { target: 'labels' },
};

/**
 * Settings by the path of a word, its kind of term left out where all kinds agree; the longest prefix
 * that is listed holds.
 *
 * Two channels, background and one class: `foreground` has the class alone.
 */
const settings: Readonly<Record<string, Setting>> = {
  '.classes.list': { term: { classes: { kind: 'list', channels: [1] } } },
  '.classes.regions': { term: { classes: { kind: 'regions', regions: [[1]] } } },
  '.classes.regions.merge.target': {
    term: { classes: { kind: 'regions', regions: [[0], [1]] } },
  },
  '.weights.given': { term: { classes: 'all', weights: { kind: 'given', values: [0.5, 2] } } },
  'overlap.weights.volume': { term: { classes: 'all' } },
  wasserstein: {
    term: {
      distances: [
        [0, 1],
        [1, 0],
      ],
    },
  },
  'cross-entropy.classes.regions': entropyOfRegions,
  'cross-entropy.classes.regions.merge': entropyOfRegions,
  'cross-entropy.activation.sigmoid': { term: { distribution: 'bernoulli' } },
};

/** The setting of a word. */
export function settingOf(path: string): Setting {
  const withoutKind = path.slice(path.indexOf('.') < 0 ? path.length : path.indexOf('.'));
  const known = Object.keys(settings).filter((key) =>
    [path, withoutKind].some((each) => `${each}.`.startsWith(`${key}.`)),
  );
  const longest = known.toSorted((a, b) => b.length - a.length)[0];
  return longest === undefined ? {} : (settings[longest] ?? {});
}
