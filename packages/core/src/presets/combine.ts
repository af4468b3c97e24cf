import { SpecError } from '../schema/problem.js';
import type { LossSpec } from '../spec/loss.js';
import { completeSpec } from '../spec/parse-spec.js';

/**
 * The weighted sum of losses that share target and voxels.
 *
 * @param parts - Pairs of weight and loss.
 * @throws SpecError - if there is no part, or target, voxels or rescaling differ.
 *
 * @example
 * ```ts
 * combine([[0.5, dice()], [0.5, jaccard()]]);
 * ```
 */
export function combine(parts: readonly (readonly [weight: number, loss: LossSpec])[]): LossSpec {
  const losses = parts.map(([weight, loss]) => ({ weight, spec: completeSpec(loss) }));
  const [first, ...rest] = losses;
  if (first === undefined) {
    throw new SpecError([{ path: 'combine', expected: 'at least one loss', received: 'none' }]);
  }
  const problems = (['target', 'voxels', 'rescale'] as const).flatMap((key) => {
    const wanted = JSON.stringify(first.spec[key]);
    const other = rest.map(({ spec }) => JSON.stringify(spec[key])).find((json) => json !== wanted);
    const expected = `${wanted} in every part`;
    return other === undefined
      ? []
      : [{ path: key, expected, received: other, fix: 'all terms see the same target and voxels' }];
  });
  if (problems.length > 0) throw new SpecError(problems);
  const { format, target, voxels, rescale } = first.spec;
  const terms = losses.flatMap(({ weight, spec }) =>
    spec.terms.map((term) => ({ ...term, weight: weight * term.weight })),
  );
  return { format, target, voxels, rescale, terms };
}
