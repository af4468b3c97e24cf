export type { Layout } from '../plan/layout.js';
export { carriedName } from '../schedule/carried.js';
export type { BlockSize } from './host/block-size.js';
export { copied, memoryPool } from './host/copied.js';
export { engineProblem, type WasmMemory } from './host/engine.js';
export { type Fused, fusedOf, type Placed, type Shape, type Swept } from './host/fused.js';
export {
  type FusedInputs,
  type FusedLoss,
  type FusedOutcome,
  fusedLoss,
} from './host/fused-loss.js';
export { coefficientInputs, type Grids, type Sizes } from './host/grid.js';
export type { Location, Tile, Tiles } from './host/run-sweep.js';
export { type InputTensor, inputTensors } from './host/tensors.js';
export { type Resident, residentTiles, type Source } from './host/tiles.js';
export type { ArrayOptions, Numbers } from './host/typed-arrays.js';
export { gradientName } from './sweep/memory-map.js';
export type { Element, Stored } from './sweep/place.js';
