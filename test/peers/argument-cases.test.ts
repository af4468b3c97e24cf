import { type ArgumentTable, peerClasses } from '@softdice/core/peers';
import { describe, expect, it } from 'vitest';
import { argumentCases, numbersOfCase, runLibraries } from './argument-cases.js';

describe.each(runLibraries)('arguments of %s', (library) => {
  const cases = argumentCases(library);

  it.each(cases.map((one) => [one.id, one] as const))('%s', (_, one) => {
    const { value, gradients } = numbersOfCase(one);
    const message = JSON.stringify(one.args);
    expect(value.length, message).toBe(one.value.length);
    expect(largest(errors(value, one.value)), message).toBeLessThanOrEqual(
      1e-9 * Math.max(largest(one.value), 1e-3),
    );
    for (const [at, expected] of one.gradients.entries()) {
      const received = gradients[at] ?? [];
      const scale = Math.max(largest(expected), 1e-3, 1e-3 * largest(one.value));
      expect(largest(errors(received, expected)), message).toBeLessThanOrEqual(1e-8 * scale);
    }
  });

  it('has a case with every argument', () => {
    const missing = peerClasses
      .filter((chosen) => chosen.library === library)
      .flatMap(({ name, arguments: table }) => {
        const given = cases.filter(({ className }) => className === name);
        return pathsOf(table).flatMap((path) =>
          given.some(({ args }) => has(args, path)) ? [] : [`${name}.${path.join('.')}`],
        );
      });
    expect(missing).toEqual([]);
  });
});

function errors(received: readonly number[], expected: readonly number[]): readonly number[] {
  return expected.map((number, at) => Math.abs(number - (received[at] ?? Number.NaN)));
}

/** NaN where one is there. */
const largest = (numbers: readonly number[]): number => Math.max(0, ...numbers.map(Math.abs));

/** The names of the arguments, those of a part after its own. */
function pathsOf(table: ArgumentTable): readonly (readonly string[])[] {
  return Object.entries(table).flatMap(([name, { kind }]) =>
    kind.type === 'arguments' ? pathsOf(kind.arguments).map((path) => [name, ...path]) : [[name]],
  );
}

function has(given: unknown, [name = '', ...rest]: readonly string[]): boolean {
  if (typeof given !== 'object' || given === null || !Object.hasOwn(given, name)) return false;
  const value: unknown = Reflect.get(given, name);
  return rest.length === 0 || has(value, rest);
}
