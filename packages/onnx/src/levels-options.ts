import { InputError, type LevelsPlan, type Problem, shown } from '@softdice/core';
import { completeOptions } from './complete-options.js';
import type { CompleteOptions, ExportOptions } from './options.js';

/** How deep supervision becomes a graph: as {@link ExportOptions}, with loss and gradients as outputs. */
export interface LevelsExportOptions
  extends Omit<ExportOptions, 'outputs' | 'cotangent' | 'blockSize'> {
  /** Outputs of the graph, in this order; `['loss', 'gradient']` by default, the latter one per level. */
  readonly outputs?: readonly ('loss' | 'gradient')[];
}

/**
 * Checks the options and makes every default explicit.
 *
 * @throws InputError - listing every option that is unknown, not allowed or does not fit a level.
 */
export function completeLevelsOptions(
  plan: LevelsPlan,
  options: LevelsExportOptions,
): CompleteOptions {
  const problems = onlyOfLosses(options);
  if (problems.length > 0) throw new InputError(problems);
  const { labels, ...others } = options;
  const ofLabels = plan.levels.filter(({ loss }) => loss.target.kind === 'labels');
  // The element type is that of the levels which have labels; one that no level has is refused.
  const [complete] = (ofLabels.length > 0 ? ofLabels : plan.levels).map(({ loss }) =>
    completeOptions(loss, labels === undefined ? others : options),
  );
  if (complete === undefined) throw new TypeError('no levels');
  return complete;
}

/** Outputs and options that only a single loss has. */
function onlyOfLosses(options: object): readonly Problem[] {
  const { outputs, ...others }: Readonly<Record<string, unknown>> = { ...options };
  const strange = Array.isArray(outputs)
    ? outputs.filter((output) => output !== 'loss' && output !== 'gradient')
    : [];
  const fix = 'export the loss of a level by itself for its scores and statistics';
  return [
    ...strange.map((output) => ({
      path: 'outputs',
      expected: "'loss' and 'gradient' of levels",
      received: shown(output),
      fix,
    })),
    ...['cotangent', 'blockSize']
      .filter((path) => others[path] !== undefined)
      .map((path) => {
        return { path, expected: 'none', received: shown(others[path]), fix: 'remove it' };
      }),
  ];
}
