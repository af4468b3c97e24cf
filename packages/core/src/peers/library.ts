import type { Importer, PeerLibraryName } from './peer-class.js';

/** A library with the classes that are imported and the versions that were read. */
export interface PeerLibrary {
  readonly name: PeerLibraryName;
  readonly title: string;
  /** Known versions as prefixes, the oldest first: `1.5` is every 1.5.x. */
  readonly versions: readonly string[];
  readonly layout: 'channelsFirst' | 'channelsLast';
  readonly classes: readonly Importer[];
}
