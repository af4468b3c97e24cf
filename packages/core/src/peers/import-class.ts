import { type Problem, SpecError, shown } from '../schema/problem.js';
import { completeLevels, type LevelsSpec } from '../spec/levels.js';
import type { LossSpec } from '../spec/loss.js';
import { completeSpec } from '../spec/parse-spec.js';
import type { WrappedLoss } from './argument.js';
import { classNamed } from './class-named.js';
import type { Importer } from './peer-class.js';
import { isRecord, readArguments } from './read-arguments.js';
import { type Scene, situationOf, versionOf } from './scene.js';
import type { Situation } from './situation.js';

/**
 * The spec of a class for its arguments, complete; undefined where problems were found, which the
 * scene then holds.
 *
 * @param path - Before the names of the arguments, where the class is a part of another.
 */
export function importClass(
  scene: Scene,
  chosen: Importer,
  args: unknown,
  path: string,
): LossSpec | LevelsSpec | undefined {
  const { problems } = scene;
  const before = problems.length;
  const given = args ?? {};
  if (!isRecord(given)) {
    problems.push({
      path: path === '' ? 'args' : path.replace(/\.$/, ''),
      expected: `an object of ${Object.keys(chosen.arguments).join(', ')}`,
      received: shown(args),
    });
    return undefined;
  }
  const values = readArguments(chosen.arguments, given, versionOf(scene), path, problems);
  // The meaning of several arguments together is only looked at where each is what it should be.
  if (problems.length > before) return undefined;
  noteLate(scene, chosen, given, path);
  const wrapped: Situation['wrapped'] = (argument, loss, classes) =>
    importWrapped(scene, `${path}${argument}.`, loss, classes);
  try {
    const spec = chosen.spec(values as never, situationOf(scene, values, path, wrapped));
    if (problems.length > before || spec === undefined) return undefined;
    return 'levels' in spec ? completeLevels(spec) : completeSpec(spec);
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    // Parts are put together even where one was refused.
    if (problems.length > before) return undefined;
    problems.push(...error.problems.map((one) => blamed(chosen, values, path, one)));
    return undefined;
  }
}

/** The spec of a loss that a wrapper calls with prediction and target alone. */
function importWrapped(
  scene: Scene,
  path: string,
  loss: WrappedLoss,
  classes: readonly Importer[],
): LossSpec | undefined {
  const { class: name, args = {} } = typeof loss === 'string' ? { class: loss } : loss;
  const inner = classNamed(scene.library.title, classes, name, `${path}class`, scene.problems);
  if (inner === undefined) return undefined;
  const context = { ...scene.context, mask: false };
  const spec = importClass({ ...scene, context }, inner, args, `${path}args.`);
  return spec === undefined || 'levels' in spec ? undefined : spec;
}

/** Arguments that came after the version. */
export function noteLate(
  { library: { title, versions }, version, notes }: Scene,
  { arguments: table }: Pick<Importer, 'arguments'>,
  given: Readonly<Record<string, unknown>>,
  path: string,
): void {
  for (const [name, { since }] of Object.entries(table)) {
    if (since === undefined || given[name] === undefined) continue;
    if (versions.indexOf(since) > versions.indexOf(version)) {
      notes.push(`${title} ${version} has no ${path}${name} yet: it came after the release`);
    }
  }
}

/** A rule of specs that arguments violate, by the name of the argument. */
export function blamed(
  { blame, arguments: table }: Pick<Importer, 'blame' | 'arguments'>,
  values: Readonly<Record<string, unknown>>,
  path: string,
  { path: place, expected, fix, constraint }: Problem,
): Problem {
  const part = Object.keys(blame).find((one) => place.includes(one));
  const argument = (part === undefined ? undefined : blame[part]) ?? Object.keys(table)[0] ?? '';
  return {
    path: path + argument,
    expected: `${place} of the spec to be ${expected}`,
    received: shown(values[argument]),
    ...(fix === undefined ? {} : { fix }),
    ...(constraint === undefined ? {} : { constraint }),
  };
}
