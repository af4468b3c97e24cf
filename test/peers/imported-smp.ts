import { planOf } from '@softdice/core';
import type { GoldenCase } from './golden-case.js';
import { contextOf, specOf } from './imported-case.js';
import type { NotOurs, PeerLoss } from './peer-loss.js';

/** A case of a segmentation_models.pytorch class by its importer. */
export function importedSmp(golden: GoldenCase): PeerLoss | NotOurs {
  const { callable, input, target, args } = golden;
  const result = specOf({
    library: 'smp',
    className: callable,
    args,
    context: contextOf(golden),
  });
  if ('notOurs' in result) return result;
  if (result.kind === 'levels') throw new TypeError(`${golden.id} has no levels`);
  const { spec } = result;
  const plan = planOf(spec);
  const inputs = { spec, prediction: input };
  if (plan.target.kind === 'labels' || plan.target.kind === 'binary') return { ...inputs, target };
  const values = Array.from(target.data);
  if (plan.voxels.kind === 'all') {
    return { ...inputs, target: { shape: input.shape, data: values } };
  }
  // What is ignored in planes is 0 in the target and in a mask.
  const kept = (value: number): boolean => value !== args['ignore_index'];
  return {
    ...inputs,
    target: { shape: input.shape, data: values.map((t) => (kept(t) ? t : 0)) },
    mask: { shape: input.shape, data: values.map((t) => (kept(t) ? 1 : 0)) },
  };
}
