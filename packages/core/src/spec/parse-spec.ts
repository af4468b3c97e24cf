import { parse } from '../schema/parse.js';
import { type Problem, SpecError } from '../schema/problem.js';
import { lossAdvice } from './advice.js';
import { lossProblems } from './constraints/constraints.js';
import { type CompleteSpec, type LossSpec, lossSchema } from './loss.js';

/**
 * Reads a loss from JSON: checks every field and constraint and makes every default explicit.
 *
 * @param json - A parsed JSON value, such as a file's content or what a preset returned.
 * @returns The same loss, complete and frozen; itself a valid spec.
 * @throws SpecError - listing every violation at once.
 */
export function parseSpec(json: unknown): LossSpec {
  return completeSpec(json);
}

/** {@link parseSpec} with its full type. */
export function completeSpec(json: unknown): CompleteSpec {
  const problems: Problem[] = [];
  const spec = parse(lossSchema, json, '', problems, lossAdvice);
  // Constraints read complete fields, so they wait until those are well-formed.
  const all = problems.length > 0 ? problems : lossProblems(spec);
  if (all.length > 0) throw new SpecError(all.map(atRoot));
  return deepFreeze(spec);
}

function atRoot(problem: Problem): Problem {
  return problem.path === '' ? { ...problem, path: 'spec' } : problem;
}

/** Freezes a JSON value and all in it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
