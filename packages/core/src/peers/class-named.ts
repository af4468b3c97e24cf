import { type Problem, shown } from '../schema/problem.js';
import type { PeerClass } from './peer-class.js';

/** What has a name in a library. */
export type Named = Pick<PeerClass, 'name' | 'aliases' | 'modules'>;

/** The class of a name, which may be its full one. */
export function classNamed<T extends Named>(
  title: string,
  classes: readonly T[],
  className: unknown,
  path: string,
  problems: Problem[],
): T | undefined {
  const found = classes.find(
    ({ name, aliases, modules }) =>
      typeof className === 'string' &&
      [name, ...(aliases ?? [])].some(
        (one) => one === className || modules.some((home) => className === `${home}.${one}`),
      ),
  );
  if (found === undefined) {
    problems.push({
      path,
      expected: `one of ${title}: ${classes.map(({ name }) => name).join(', ')}`,
      received: shown(className),
    });
  }
  return found;
}
