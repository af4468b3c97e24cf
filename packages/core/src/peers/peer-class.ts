import type { LevelsSpec } from '../spec/levels.js';
import type { LossSpec } from '../spec/loss.js';
import type { ArgumentTable, ArgumentValues } from './argument.js';
import type { Situation } from './situation.js';

/** A library whose classes can be imported. */
export type PeerLibraryName = 'monai' | 'nnunet' | 'smp' | 'keras';

/** A loss class of another library, as data. */
export interface PeerClass {
  readonly library: PeerLibraryName;
  readonly name: string;
  /** Other names of the class in the same library. */
  readonly aliases?: readonly string[];
  /** Python modules that the class can be imported from. */
  readonly modules: readonly string[];
  /** The formula, in words of this project. */
  readonly formula: string;
  /** Files of the library that were read. */
  readonly source: string;
  /** Every constructor argument, in the order of the constructor. */
  readonly arguments: ArgumentTable;
  /** Whether it wraps a loss for several levels, so that a LevelsSpec comes out. */
  readonly levels?: true;
}

/** A class with what makes a spec of its arguments; undefined where it was refused. */
export interface Importer extends PeerClass {
  readonly spec: (values: never, situation: Situation) => LossSpec | LevelsSpec | undefined;
  /** The argument to blame where the spec violates a rule, by a part of the path of the rule. */
  readonly blame: Readonly<Record<string, string>>;
}

/** Ties the importer of a class to its own table of arguments. */
export function importer<const T extends ArgumentTable>(
  declared: PeerClass & { readonly arguments: T; readonly blame: Importer['blame'] },
  spec: (values: ArgumentValues<T>, situation: Situation) => LossSpec | LevelsSpec | undefined,
): Importer {
  return { ...declared, spec: spec as Importer['spec'] };
}
