import type { Docs } from '../schema/docs.js';
import { parse } from '../schema/parse.js';
import { type Problem, SpecError } from '../schema/problem.js';
import type { Complete, Input } from '../schema/schema.js';
import { lossAdvice } from './advice.js';
import { problemsOf } from './constraints/constraint.js';
import { lossProblems } from './constraints/constraints.js';
import { levelsConstraints } from './constraints/levels.js';
import { lossDocs, lossSchema } from './loss.js';
import { deepFreeze } from './parse-spec.js';

/** Deep supervision: losses of the predictions of several levels, added by weight. */
export const levelsSchema = {
  type: 'record',
  fields: {
    format: { type: 'integer', minimum: 1, maximum: 1, default: 1 },
    targets: { type: 'choice', default: 'nearest', words: ['nearest', 'given'] },
    levels: {
      type: 'list',
      items: {
        type: 'record',
        fields: {
          weight: { type: 'number', minimum: 0, maximum: 1e4, default: 1 },
          loss: lossSchema as typeof lossSchema,
        },
      },
    },
  },
} as const;

/** What {@link levelsSchema} means. */
export const levelsDocs: Docs<typeof levelsSchema> = {
  doc: 'Deep supervision: losses of the predictions of several levels, added by weight.',
  fields: {
    format: 'Version of this format.',
    targets: {
      doc: 'Where the target of a level comes from, and its mask where it has one.',
      words: {
        nearest: 'One target for all: a level takes the nearest voxel of it at each of its own.',
        given: 'One target per level.',
      },
    },
    levels: {
      doc: 'The levels, in the order of the predictions: the finest first.',
      items: {
        doc: 'One level.',
        fields: { weight: 'Factor of the loss of this level.', loss: lossDocs },
      },
    },
  },
};

/** Deep supervision as JSON, defaults left out where wanted. */
export type LevelsSpec = Input<typeof levelsSchema>;

/** Deep supervision with every default explicit; itself a {@link LevelsSpec}. */
export type CompleteLevels = Complete<typeof levelsSchema>;

/**
 * Reads deep supervision from JSON: checks every field and constraint of it and of the loss of each
 * level, and makes every default explicit.
 *
 * @throws SpecError - listing every violation at once.
 */
export function parseLevels(json: unknown): LevelsSpec {
  return completeLevels(json);
}

/** {@link parseLevels} with its full type. */
export function completeLevels(json: unknown): CompleteLevels {
  const problems: Problem[] = [];
  const spec = parse(levelsSchema, json, '', problems, lossAdvice);
  // Constraints read complete fields, so they wait until those are well-formed.
  const all = problems.length > 0 ? problems : levelsProblems(spec);
  if (all.length > 0)
    throw new SpecError(all.map((one) => (one.path ? one : { ...one, path: 'levels' })));
  return deepFreeze(spec);
}

function levelsProblems(spec: CompleteLevels): readonly Problem[] {
  const own = levelsConstraints.flatMap((constraint) => problemsOf(constraint, spec, ''));
  const ofLosses = spec.levels.flatMap(({ loss }, at) =>
    lossProblems(loss).map((one) => ({ ...one, path: `levels[${at}].loss.${one.path}` })),
  );
  return [...ofLosses, ...own];
}
