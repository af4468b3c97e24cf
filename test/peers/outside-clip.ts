import type { Tensor } from '@softdice/reference';
import type { NotOurs } from './peer-loss.js';

/** Why a spec cannot say an overlap of clipped probabilities: any of them is clipped. */
export function outsideClip({ data }: Tensor, epsilon: number): NotOurs | undefined {
  const clipped = Array.from(data).some((p) => p < epsilon || p > 1 - epsilon);
  return clipped
    ? { notOurs: 'the overlap counts p clipped away from 0 and 1, and some p is there' }
    : undefined;
}
