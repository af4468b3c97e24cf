import { dilation, erosion } from './morphology.js';
import { accumulate, type SpatialMap } from './spatial-map.js';

/** One erosion of the image and what it loses. */
interface Stage {
  readonly eroded: SpatialMap;
  readonly dilated: SpatialMap;
  /** `relu(x_k - opening of x_k)`. */
  readonly detail: Float64Array;
}

/**
 * The soft skeleton of one map, and its derivative by hand.
 *
 * `x_0 = x`, `x_{k+1} = E(x_k)`, `d_k = relu(x_k - D(x_{k+1}))`, `s_0 = d_0`,
 * `s_k = s_{k-1} + relu(r_k)`, `r_k = d_k - s_{k-1} d_k`; the value is s after so many iterations.
 *
 * Backwards, with `[a > 0]` the derivative of relu, which is 0 at 0:
 * `r̄_k = [r_k > 0] s̄_k`, `d̄_k = (1 - s_{k-1}) r̄_k`, `s̄_{k-1} = s̄_k - d_k r̄_k`, `d̄_0 = s̄_0`;
 * `ē_k = [d_k > 0] d̄_k`, `x̄_k = ē_k - Dᵀ ē_{k-1} + Eᵀ x̄_{k+1}`.
 *
 * Source: Shit et al. 2021, arXiv:2003.07311, algorithm 1, as MONAI `soft_skel` has it.
 */
export function softSkeleton(
  x: Float64Array,
  spatial: readonly number[],
  iterations: number,
): SpatialMap {
  const stages: Stage[] = [];
  let image = x;
  for (let step = 0; step <= iterations; step += 1) {
    const eroded = erosion(image, spatial);
    const dilated = dilation(eroded.value, spatial);
    const detail = image.map((value, at) => Math.max(value - (dilated.value[at] ?? 0), 0));
    stages.push({ eroded, dilated, detail });
    image = eroded.value;
  }
  const skeletons: Float64Array[] = [];
  for (const { detail } of stages) {
    const before = skeletons.at(-1) ?? new Float64Array(x.length);
    skeletons.push(before.map((s, at) => s + Math.max(remainder(detail, before, at), 0)));
  }
  return {
    value: skeletons.at(-1) ?? x,
    pullback: (slope) => backwards(stages, skeletons, slope),
  };
}

/** `d - s d`. */
function remainder(detail: Float64Array, skeleton: Float64Array, at: number): number {
  const d = detail[at] ?? 0;
  return d - (skeleton[at] ?? 0) * d;
}

function backwards(
  stages: readonly Stage[],
  skeletons: readonly Float64Array[],
  slope: Float64Array,
): Float64Array {
  let bySkeleton = slope;
  /** x̄_{k+1} but for what stage k adds to it. */
  let byEroded: Float64Array = new Float64Array(slope.length);
  for (let step = stages.length - 1; step >= 0; step -= 1) {
    const { eroded, dilated, detail } = stages[step] ?? unreachable();
    const before = skeletons[step - 1] ?? new Float64Array(slope.length);
    const outer = bySkeleton.map((s, at) => (remainder(detail, before, at) > 0 ? s : 0));
    // A detail of 0 has no remainder, so that ē needs no other condition.
    const byDetail = outer.map((r, at) => r * (1 - (before[at] ?? 0)));
    bySkeleton = bySkeleton.map((s, at) => s - (outer[at] ?? 0) * (detail[at] ?? 0));
    accumulate(byEroded, dilated.pullback(byDetail.map((e) => -e)));
    const byImage = eroded.pullback(byEroded);
    accumulate(byImage, byDetail);
    byEroded = byImage;
  }
  return byEroded;
}

function unreachable(): never {
  throw new RangeError('a stage that is not there');
}
