export type { Layout } from '../plan/layout.js';
export type { ArrayOptions, Numbers } from '../wasm/host/typed-arrays.js';
export {
  type FusedScore,
  type FusedScoreInputs,
  type FusedScoreOutcome,
  fusedScore,
} from './fused-score.js';
