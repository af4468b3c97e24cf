import { compile, type LossSpec, SpecError } from '@softdice/core';
import { type Fused, fusedOf } from '@softdice/core/wasm';
import { presets } from '../../docs/examples/variants/named.js';

/** A preset that has kernels. */
export interface PresetKernels {
  readonly slug: string;
  readonly spec: LossSpec;
  readonly fused: Fused;
}

/** The presets that have kernels, on logits and labels, or on logits of one channel. */
export function presetKernels(several: boolean): readonly PresetKernels[] {
  return presets.flatMap(({ slug, spec: { terms } }) => {
    const chosen = several ? { activation: 'softmax' } : { activation: 'sigmoid', classes: 'all' };
    const changed = terms.map((term) => (typeof term === 'string' ? term : { ...term, ...chosen }));
    const spec = { target: several ? 'labels' : 'binary', terms: changed } as LossSpec;
    const fused = kernelsOf(spec);
    return fused === undefined ? [] : [{ slug, spec, fused }];
  });
}

/** Undefined where there are no kernels, or where several classes are asked of one channel. */
function kernelsOf(spec: LossSpec): Fused | undefined {
  try {
    const fused = fusedOf(compile(spec, { spatialRank: 2 }));
    return 'reason' in fused ? undefined : fused;
  } catch (error) {
    if (error instanceof SpecError) return undefined;
    throw error;
  }
}
