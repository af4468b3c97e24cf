import { maskChannels, targetIsSparse } from '../../plan/inputs.js';
import type { Plan } from '../../plan/plan.js';

/** How many values a voxel has in each input of a plan. */
export function tensorChannels(
  plan: Plan,
  channels: number,
): { readonly prediction: number; readonly target: number; readonly mask: number } {
  return {
    prediction: channels,
    target: targetIsSparse(plan) ? 1 : channels,
    mask: maskChannels(plan) === 'all' ? channels : 1,
  };
}

/** What the target's numbers are to the kernels. */
export function targetKind({ target }: Plan): 'float32' | 'int32' {
  return target.kind === 'labels' ? 'int32' : 'float32';
}
