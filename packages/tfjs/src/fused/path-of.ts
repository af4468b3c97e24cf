import { compile, type LossSpec } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { completeOptions, type LossOptions } from '../options.js';
import { kernelPasses } from './kernel-passes.js';

/** Who computes a loss, and how or why. */
export type Path =
  | { readonly kernels: 'fused'; readonly tensors: 'in place' | 'copied' }
  | { readonly kernels: 'ops'; readonly reason: string };

/**
 * Tells which path a loss takes on the backend of the moment: kernels made for it, on tensors in
 * place or copied part by part, or tfjs's own ops.
 *
 * @throws SpecError - where the spec is none; lists every violation.
 * @throws InputError - for unknown options.
 */
export function pathOf(spec: LossSpec, options: LossOptions = {}): Path {
  const complete = completeOptions(options);
  if (complete.kernels === 'ops') return { kernels: 'ops', reason: "the option kernels is 'ops'" };
  // The backend has no name before it is first used.
  tf.backend();
  const reason = kernelPasses(compile(spec, { spatialRank: 2 }), complete).problem();
  if (reason !== undefined) return { kernels: 'ops', reason };
  return { kernels: 'fused', tensors: tf.getBackend() === 'cpu' ? 'copied' : 'in place' };
}
