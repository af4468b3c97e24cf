import { levelsPlanOf } from '../plan/levels.js';
import type { LevelsSpec } from '../spec/levels.js';
import { type CompileOptions, compile } from './compile.js';
import type { Program } from './program.js';

/** The program of a level, and the factor of its loss. */
export interface CompiledLevel {
  readonly weight: number;
  readonly program: Program;
}

/**
 * Compiles deep supervision to a list of programs: the loss is the sum of weight times loss, and the
 * gradient by a level's prediction is its weight times the gradient of its own program.
 *
 * @throws SpecError - listing every violation at once.
 */
export function compileLevels(
  spec: LevelsSpec,
  options: CompileOptions = {},
): readonly CompiledLevel[] {
  return levelsPlanOf(spec).levels.map(({ weight, loss }) => ({
    weight,
    program: compile(loss, options),
  }));
}
