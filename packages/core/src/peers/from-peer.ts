import type { LevelsSpec } from '../spec/levels.js';
import type { LossSpec } from '../spec/loss.js';
import type { PeerContext } from './context.js';
import { importClass } from './import-class.js';
import { kerasLibrary } from './keras/library.js';
import type { PeerLibrary } from './library.js';
import { monaiLibrary } from './monai/library.js';
import { nnunetLibrary } from './nnunet/library.js';
import { openScene } from './open-scene.js';
import type { PeerClass, PeerLibraryName } from './peer-class.js';
import { PeerError } from './peer-error.js';
import { smpLibrary } from './smp/library.js';

/** Constructor arguments by name, as Python has them: `true` for True, `null` for None. */
export type PeerArguments = Readonly<Record<string, unknown>>;

/** A peer's loss as a spec. */
export interface PeerLoss {
  readonly kind: 'loss';
  /** Complete and frozen: every default is the peer's own, or stands for one. */
  readonly spec: LossSpec;
  /** What differs from the peer, and on which inputs the spec stands for it; empty if always. */
  readonly notes: readonly string[];
}

/** A peer's deep supervision as a spec of levels. */
export interface PeerLevels {
  readonly kind: 'levels';
  readonly spec: LevelsSpec;
  readonly notes: readonly string[];
}

const libraries: Readonly<Record<PeerLibraryName, PeerLibrary>> = {
  monai: monaiLibrary,
  nnunet: nnunetLibrary,
  smp: smpLibrary,
  keras: kerasLibrary,
};

/** Every loss class of every library, with its constructor arguments as data. */
export const peerClasses: readonly PeerClass[] = Object.values(libraries).flatMap(
  ({ classes }) => classes,
);

/** The known versions of a library as prefixes, the oldest first: `1.5` is every 1.5.x. */
export function peerVersions(library: PeerLibraryName): readonly string[] {
  return libraries[library].versions;
}

/** The loss of any library; see {@link fromMonai}, {@link fromNnunet}, {@link fromSmp}, {@link fromKeras}. */
export function fromPeer(
  library: PeerLibraryName,
  className: string,
  args: PeerArguments,
  context: PeerContext,
): PeerLoss | PeerLevels {
  const from = libraries[library];
  const { chosen, scene } = openScene(from, from.classes, className, 'className', context);
  const spec = importClass(scene, chosen, args, '');
  if (spec === undefined) throw new PeerError(scene.problems);
  const notes = Object.freeze(scene.notes);
  return 'levels' in spec ? { kind: 'levels', spec, notes } : { kind: 'loss', spec, notes };
}
