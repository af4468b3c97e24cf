import { InputError, type Plan } from '@softdice/core';
import { misfits } from './misfits.js';
import { type CompleteOptions, type ExportOptions, optionProblems, rules } from './options.js';

/**
 * Checks the options and makes every default explicit.
 *
 * @throws InputError - listing every option that is unknown, not allowed or does not fit the plan.
 */
export function completeOptions(plan: Plan, options: ExportOptions): CompleteOptions {
  const problems = [...optionProblems(rules, options), ...misfits(plan, options)];
  if (problems.length > 0) throw new InputError(problems);
  const { spatialRank, outputs = ['loss', 'gradient'] } = options;
  const { layout = 'channelsFirst', dtype = 'float32', labels = 'int64' } = options;
  const { opset = 17, form = 'inline', cotangent = 'ones', blockSize = 'all' } = options;
  return { spatialRank, outputs, layout, dtype, labels, opset, form, cotangent, blockSize };
}
