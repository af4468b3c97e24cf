import type { LossSpec } from '../../spec/loss.js';
import type { Situation } from '../situation.js';

/** How SMP takes prediction and target. */
export type Mode = 'binary' | 'multiclass' | 'multilabel';

/** What the spec says of the inputs. */
export interface Inputs {
  readonly target: NonNullable<LossSpec['target']>;
  readonly voxels: 'all' | 'channel-mask';
}

/**
 * The inputs of SMP's losses.
 *
 * A value that is ignored is ignored per voxel for labels and for one channel, and per voxel and
 * channel for several planes. The latter a spec does not read from the target: a mask says it.
 */
export function inputsOf(
  mode: Mode,
  ignored: number | null,
  { channels, target, note, refuseContext }: Situation,
): Inputs {
  const ignore = ignored === null ? {} : { ignore: ignored };
  if (mode === 'multiclass') {
    if (channels === 1) refuseContext('channels', 'at least 2', "one class is mode 'binary'");
    if (target !== undefined && target !== 'sparse') refuseContext('target', "'sparse'");
    return { target: { kind: 'labels', ...ignore }, voxels: 'all' };
  }
  if (target === 'sparse' && channels > 1) refuseContext('target', "'onehot' | 'soft'");
  if (channels === 1 && target !== 'soft') {
    return { target: { kind: 'binary', ...ignore }, voxels: 'all' };
  }
  const kind = target === 'soft' ? 'soft' : 'multilabel';
  if (ignored === null) return { target: kind, voxels: 'all' };
  note(
    `the mask says what is ignored: 0 where the target is ${ignored}, which becomes 0 in the target`,
  );
  return { target: kind, voxels: 'channel-mask' };
}
