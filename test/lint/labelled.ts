import type { Lintable, Setting } from '@softdice/core/lint';

/** A loss in its setting, and the numbers of all that is wrong with it. */
export interface Labelled {
  readonly name: string;
  readonly subject: Lintable;
  readonly setting?: Setting;
  readonly expected: readonly string[];
}
