import type { Problem } from './problem.js';

/** One step: the loss, and the milliseconds that another process measured. */
export interface Step {
  readonly loss: number;
  readonly milliseconds?: number | undefined;
}

/** Something that computes loss and gradient of a problem. */
export interface Rival {
  readonly step: () => Promise<Step>;
  /**
   * Bytes that it takes at once beside prediction, target and gradient; undefined if not known: of a process of
   * its own. What runs in this one is started once more, for its memory alone.
   */
  readonly extraBytes?: () => Promise<number | undefined>;
  readonly close: () => Promise<void>;
}

/** How a rival is set up; undefined where something that it needs is missing here. */
export interface Entry {
  readonly name: string;
  /** Problems of more predicted numbers than this would take minutes. */
  readonly most?: number;
  readonly start: (problem: Problem) => Promise<Rival | undefined>;
}
