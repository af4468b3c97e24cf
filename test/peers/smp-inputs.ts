import type { LossSpec } from '@softdice/core';
import type { Tensor } from '@softdice/reference';
import type { GoldenCase } from './golden-case.js';

/** Inputs as the spec takes them, with what the spec says of them. */
export interface SmpInputs {
  readonly prediction: Tensor;
  readonly target: { readonly kind: NonNullable<LossSpec['target']>; readonly tensor: Tensor };
  readonly mask?: Tensor;
  readonly voxels: 'all' | 'channel-mask';
}

/**
 * The inputs of SMP's overlap losses.
 *
 * A value that is ignored is ignored per voxel for labels and for one channel, and per voxel and
 * channel for several planes. The latter a spec does not read from the target: the mask says it.
 */
export function smpInputs(
  { input, target }: GoldenCase,
  mode: 'binary' | 'multiclass' | 'multilabel',
  ignored: number | undefined,
): SmpInputs {
  const prediction = input;
  const ignore = ignored === undefined ? {} : { ignore: ignored };
  if (mode === 'multiclass') {
    return {
      prediction,
      target: { kind: { kind: 'labels', ...ignore }, tensor: target },
      voxels: 'all',
    };
  }
  if (mode === 'binary' && input.shape[1] === 1 && target.kind !== 'soft') {
    return {
      prediction,
      target: { kind: { kind: 'binary', ...ignore }, tensor: target },
      voxels: 'all',
    };
  }
  const kind = target.kind === 'soft' ? 'soft' : 'multilabel';
  const planes: Tensor = { shape: input.shape, data: target.data };
  if (ignored === undefined) return { prediction, target: { kind, tensor: planes }, voxels: 'all' };
  const values = Array.from(target.data);
  const kept = (value: number): boolean => value !== ignored;
  return {
    prediction,
    target: { kind, tensor: { ...planes, data: values.map((t) => (kept(t) ? t : 0)) } },
    mask: { shape: input.shape, data: values.map((t) => (kept(t) ? 1 : 0)) },
    voxels: 'channel-mask',
  };
}
