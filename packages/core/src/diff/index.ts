export { type Counterexample, type Diff, type DiffOptions, diff } from './diff.js';
export type { Condition } from './domain.js';
export type { Relation } from './relation.js';
export type { DiffTensor, Worth } from './worth.js';
