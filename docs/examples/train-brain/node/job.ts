import type { Check } from '../training.js';

/** One training: a loss, by its place in the list, and a seed. */
export interface Job {
  readonly contender: number;
  readonly seed: number;
}

/** What comes back from a worker. */
export interface Report {
  readonly job: Job;
  readonly check: Check;
  readonly last: boolean;
}
