import type { Builder } from '../expression/builder.js';
import { isSelection } from '../expression/class-map.js';
import type { Axis, Node } from '../expression/node.js';
import type { Plan, PlanTermOf } from '../plan/plan.js';
import {
  activated,
  classMap,
  encodedTarget,
  regionTarget,
  type VoxelInputs,
  voxelWeight,
  weighed,
} from './voxels.js';

/** What a term that scores classes sums over the voxels, and how. */
export interface ScoredVoxels {
  readonly p: Node;
  /** t before rescaling. */
  readonly mass: Node;
  /** `sum w x` on the grid of samples and scored classes, or of classes where samples are pooled. */
  readonly sum: (x: Node) => Node;
}

/**
 * The voxels of the scored classes. Where every class is one channel, sums over all channels are taken
 * and then dropped on the grid: no voxel is copied. Unions are merged voxel by voxel.
 */
export function scoredVoxels(
  b: Builder,
  plan: Plan,
  { activation, classes, per }: PlanTermOf<'overlap' | 'sensitivity-specificity'>,
  inputs: VoxelInputs,
): ScoredVoxels {
  const map = classMap(classes);
  const onlyTarget = classes.kind === 'regions' && classes.merge === 'target';
  const early = onlyTarget || !isSelection(map);
  const scored = (x: Node): Node => (early && x.axes.includes('channel') ? b.toClass(x, map) : x);
  const p = scored(activated(b, inputs.prediction, activation));
  const mass = onlyTarget
    ? regionTarget(b, inputs, classes.regions)
    : scored(encodedTarget(b, plan, inputs));
  const weight = voxelWeight(b, plan, inputs);
  const w = weight && scored(weight);
  const pooled = per === 'batch' || per === 'everything';
  const over: readonly Axis[] = pooled ? ['sample', 'voxel'] : ['voxel'];
  const sum = (x: Node): Node => {
    const total = b.sum(weighed(b, w, x, p), over);
    return early ? total : b.toClass(total, map);
  };
  return { p, mass, sum };
}
