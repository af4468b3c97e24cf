import { InputError, type Problem } from '../schema/problem.js';
import { type CompleteLevels, completeLevels } from '../spec/levels.js';
import { deepFreeze } from '../spec/parse-spec.js';
import { inputProblems } from './inputs.js';
import { withSpatial } from './nearest.js';
import { type Plan, planOf } from './plan.js';

/** The loss of a level with nothing left to decide. */
export interface PlanLevel {
  readonly weight: number;
  readonly loss: Plan;
}

/** Deep supervision with nothing left to decide: frozen, JSON, and a valid spec itself. */
export interface LevelsPlan extends Omit<CompleteLevels, 'levels'> {
  readonly levels: readonly PlanLevel[];
}

/** What deep supervision reads: a prediction per level, the finest first. */
export interface LevelsInputs<T> {
  readonly predictions: readonly T[];
  /** One for all levels with targets 'nearest', else one per level. */
  readonly targets: readonly T[];
  /** As the targets; left out where no level takes one. */
  readonly masks?: readonly (T | undefined)[] | undefined;
}

/** What a level reads. */
export interface LevelInputs<T> {
  readonly prediction: T;
  readonly target: T;
  readonly mask?: T | undefined;
}

/** How the values of a backend are seen from here. */
export interface Resizing<T> {
  /** Channels first, as {@link inputProblems} has them. */
  readonly shapeOf: (value: T) => readonly number[];
  /** The value at its nearest voxels: see {@link nearestIndices}, for each spatial axis. */
  readonly resized: (value: T, spatial: readonly number[]) => T;
}

/**
 * Makes the plan of deep supervision.
 *
 * @throws SpecError - listing every violation at once.
 */
export function levelsPlanOf(spec: unknown): LevelsPlan {
  const complete = completeLevels(spec);
  const levels = complete.levels.map(({ weight, loss }) => ({ weight, loss: planOf(loss) }));
  return deepFreeze({ ...complete, levels });
}

/**
 * What each level reads. Everything is checked by its shape before anything is resized.
 *
 * @throws InputError - listing every violation of every level at once.
 */
export function levelInputs<T>(
  plan: LevelsPlan,
  inputs: LevelsInputs<T>,
  { shapeOf, resized }: Resizing<T>,
): readonly LevelInputs<T>[] {
  const counts = countProblems(plan, inputs);
  if (counts.length > 0) throw new InputError(counts);
  const nearest = plan.targets === 'nearest';
  const levels = inputs.predictions.flatMap((prediction, at) => {
    const [target] = inputs.targets.slice(nearest ? 0 : at);
    const [mask] = inputs.masks?.slice(nearest ? 0 : at) ?? [];
    return target === undefined ? [] : [{ prediction, target, mask }];
  });
  const shapeAt = (value: T, prediction: T): readonly number[] =>
    nearest ? withSpatial(shapeOf(value), shapeOf(prediction).slice(2)) : shapeOf(value);
  const problems = levels.flatMap(({ prediction, target, mask }, at) => {
    const loss = plan.levels[at]?.loss;
    if (loss === undefined) return [];
    const shapes = {
      prediction: shapeOf(prediction),
      target: shapeAt(target, prediction),
      mask: mask === undefined ? undefined : shapeAt(mask, prediction),
    };
    return inputProblems(loss, shapes).map((one) => ({
      ...one,
      path: `levels[${at}].${one.path}`,
    }));
  });
  if (problems.length > 0) throw new InputError(problems);
  if (!nearest) return levels;
  const at = (value: T, prediction: T): T => resized(value, shapeOf(prediction).slice(2));
  return levels.map(({ prediction, target, mask }) => ({
    prediction,
    target: at(target, prediction),
    mask: mask === undefined ? undefined : at(mask, prediction),
  }));
}

function countProblems<T>(
  { targets, levels }: LevelsPlan,
  inputs: LevelsInputs<T>,
): readonly Problem[] {
  const wanted = targets === 'nearest' ? 1 : levels.length;
  const counted = [
    ['predictions', inputs.predictions.length, levels.length, 'one per level'],
    ['targets', inputs.targets.length, wanted, `with targets '${targets}'`],
    ['masks', inputs.masks?.length ?? wanted, wanted, `as targets '${targets}'`],
  ] as const;
  return counted.flatMap(([path, received, expected, why]) =>
    received === expected
      ? []
      : [{ path, expected: `${expected}, ${why}`, received: String(received) }],
  );
}
