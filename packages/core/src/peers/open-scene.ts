import type { Problem } from '../schema/problem.js';
import { classNamed, type Named } from './class-named.js';
import { contextProblems, type PeerContext } from './context.js';
import { PeerError } from './peer-error.js';
import { isRecord } from './read-arguments.js';
import type { Scene } from './scene.js';
import { versionOf } from './version-of.js';

/**
 * Begins an import: finds what is asked for in a library, and reads the context.
 *
 * @param path - What the name is called where it is refused.
 * @throws PeerError - listing every problem of name, version and context.
 */
export function openScene<T extends Named>(
  library: Scene['library'],
  candidates: readonly T[],
  name: string,
  path: string,
  context: PeerContext,
): { readonly chosen: T; readonly scene: Scene } {
  const problems: Problem[] = [];
  const chosen = classNamed(library.title, candidates, name, path, problems);
  const version = versionOf(library, context, problems);
  problems.push(...(isRecord(context) ? contextProblems(context) : []));
  if (problems.length > 0 || chosen === undefined || version === undefined) {
    throw new PeerError(problems);
  }
  return { chosen, scene: { library, context, version, problems, notes: [] } };
}
