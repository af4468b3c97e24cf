import type { LossSpec } from '../spec/loss.js';
import type { TargetKind } from './situation.js';

/**
 * The target of a spec for that of a peer: class indices, 0 and 1 of one channel, planes of 0 and 1, or
 * planes of values in [0, 1].
 */
export function specTarget(
  target: TargetKind,
  channels: number,
  ignore?: number,
): NonNullable<LossSpec['target']> {
  const ignored = ignore === undefined ? {} : { ignore };
  switch (target) {
    case 'sparse':
      return { kind: channels === 1 ? 'binary' : 'labels', ...ignored };
    case 'onehot':
      return 'multilabel';
    case 'soft':
      return 'soft';
  }
}
