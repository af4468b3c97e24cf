import { type Problem, shown } from '../schema/problem.js';
import type { PeerLibrary } from './library.js';
import { isRecord } from './read-arguments.js';
import { knownVersion } from './version.js';

/** The version that a context names, the newest by default; undefined if it is not known. */
export function versionOf(
  { title, versions }: Pick<PeerLibrary, 'title' | 'versions'>,
  context: unknown,
  problems: Problem[],
): string | undefined {
  if (!isRecord(context)) {
    problems.push({
      path: 'context',
      expected: '{ channels, rank, … }',
      received: shown(context),
    });
    return undefined;
  }
  const { version } = context;
  if (version === undefined) return versions.at(-1);
  const known = typeof version === 'string' ? knownVersion(version, versions) : undefined;
  if (known === undefined) {
    problems.push({
      path: 'context.version',
      expected: `a version of ${title} that was read: ${versions.join(', ')}`,
      received: shown(version),
    });
  }
  return known;
}
