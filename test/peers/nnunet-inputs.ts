import type { GoldenCase } from './golden-case.js';
import type { NotOurs } from './peer-loss.js';

/** A target of the prediction's shape, a missing channel axis aside, is taken as planes. */
export function hasPlanes({ input, target }: GoldenCase): boolean {
  return input.shape.join() === target.shape.join() || input.shape[1] === 1;
}

/** The activation that `apply_nonlin` names. */
export function nonlinearity(
  name: string | undefined,
  channels: number,
): 'softmax' | 'sigmoid' | 'none' | NotOurs {
  if (name === undefined) return 'none';
  if (name === 'sigmoid') return 'sigmoid';
  if (name !== 'softmax') return { notOurs: `apply_nonlin ${name} is no activation of a spec` };
  return channels > 1 ? 'softmax' : { notOurs: 'softmax of one channel is 1 everywhere' };
}
