export { functionModule, type KernelFunction } from './functions/function-module.js';
export { engineProblem, type WasmMemory } from './host/engine.js';
export { type Fused, fusedOf, type Placed, type Shape, type Swept } from './host/fused.js';
export type { Grids, Sizes } from './host/grid.js';
export type { Location, Tile, Tiles } from './host/run-sweep.js';
export { copiedTiles, type Source, tileBytes } from './host/tiles.js';
export {
  type FusedInputs,
  type FusedLoss,
  type FusedOutcome,
  fusedLoss,
  type Numbers,
} from './host/typed-arrays.js';
export type { Layout, Stored } from './sweep/sweep-module.js';
