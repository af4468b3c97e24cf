import { type Additive, InputError, type Plan, type Problem, shown } from '@softdice/core';
import { completeOptions } from './complete-options.js';
import type { CompleteOptions, ExportOptions } from './options.js';

/** Which parts of the data are computed apart: tiles of the same samples, or other samples. */
export type PartKind = 'tiles' | 'batches';

/** Options that three graphs do not have, and what there is instead. */
const ofWholes = {
  outputs: 'remove it: each part has the outputs that the next one needs',
  blockSize: 'remove it: give the graphs tiles of the size that you want',
} as const;

/** How a loss becomes three graphs. */
export interface PartsOptions extends Omit<ExportOptions, keyof typeof ofWholes> {
  /** What the statistics are merged from; `'tiles'` by default, of which batches may also be made. */
  readonly of?: PartKind;
}

export interface CompletePartsOptions extends Omit<CompleteOptions, keyof typeof ofWholes> {
  readonly of: PartKind;
}

/** What each loss can be computed from. */
const computable: { readonly [A in Additive]: readonly PartKind[] } = {
  voxels: ['tiles', 'batches'],
  samples: ['batches'],
  nothing: [],
};

/**
 * Checks the options and makes every default explicit.
 *
 * @throws InputError - listing every option that is unknown, not allowed or does not fit the plan, and a
 *   loss whose statistics do not add over such parts (E4).
 */
export function completePartsOptions(
  plan: Plan,
  additive: Additive,
  options: PartsOptions,
): CompletePartsOptions {
  const { of = 'tiles', ...others } = options;
  const problems = [...kindProblems(of, additive), ...optionProblems(plan, others)];
  if (problems.length > 0) throw new InputError(problems);
  const { outputs: _, blockSize: __, ...complete } = completeOptions(plan, others);
  return { ...complete, of };
}

function kindProblems(of: unknown, additive: Additive): readonly Problem[] {
  const path = 'of';
  if (of !== 'tiles' && of !== 'batches') {
    const fix = "'tiles' are parts of the same samples, 'batches' are other samples";
    return [{ path, expected: "'tiles' or 'batches'", received: shown(of), fix }];
  }
  if (computable[additive].includes(of)) return [];
  const [allowed] = computable[additive];
  const expected =
    allowed === undefined
      ? 'a loss whose statistics add: those of this one are of the whole batch'
      : `'${allowed}' of a loss whose statistics add over ${additive}`;
  const fix =
    allowed === undefined
      ? 'compute it over the whole batch at once: use exportLoss'
      : 'give whole samples to the graphs';
  return [{ path, expected, received: shown(of), fix, constraint: 'E4' }];
}

function optionProblems(plan: Plan, options: object): readonly Problem[] {
  const given: Readonly<Record<string, unknown>> = { ...options };
  const strange = Object.entries(ofWholes).filter(([path]) => path in given);
  if (strange.length > 0) {
    return strange.map(([path, fix]) => ({
      path,
      expected: 'none',
      received: shown(given[path]),
      fix,
    }));
  }
  try {
    completeOptions(plan, options as ExportOptions);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}
