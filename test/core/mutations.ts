import fc from 'fast-check';

type Step = string | number;

/** Specs with one place replaced, removed or added, as typing errors make them. */
export function mutated(
  specs: fc.Arbitrary<unknown>,
  odd: fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  return fc
    .tuple(specs, fc.nat(), odd, fc.constantFrom('replace', 'remove', 'add'), keys)
    .map(([spec, choice, value, how, key]) => {
      const places = placesOf(spec, []);
      const place = places[choice % places.length] ?? [];
      return changed(spec, place, (old) => {
        if (how === 'replace') return value;
        if (how === 'remove' || typeof old !== 'object' || old === null) return undefined;
        return Array.isArray(old) ? [...old, value] : { ...old, [key]: value };
      });
    });
}

const keys = fc.oneof(
  fc.string(),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'threshold', 'kind', 'terms', 'ignore'),
);

/** JSON values near those that specs hold, and any others. */
export const oddJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, true, '', ' ', 'dice', 'argmax', 'none', [], {}, [0], [[0]]),
  fc.constantFrom<unknown>(0, -1, 1, 0.5, 1e-300, 1e300, 2 ** 53, 1e6, 1e6 + 1),
  fc.constantFrom<unknown>({ kind: 'dice' }, { kind: 'labels', ignore: 1 }, { kind: 'x' }),
);

function placesOf(value: unknown, place: readonly Step[]): readonly (readonly Step[])[] {
  if (typeof value !== 'object' || value === null) return [place];
  const parts = Array.isArray(value)
    ? value.map((part, at): [Step, unknown] => [at, part])
    : Object.entries(value);
  return [place, ...parts.flatMap(([step, part]) => placesOf(part, [...place, step]))];
}

/** A copy with one place changed; what becomes undefined is left out. */
function changed(
  value: unknown,
  [step, ...rest]: readonly Step[],
  change: (old: unknown) => unknown,
): unknown {
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.flatMap((part, at) => {
      const next = at === step ? changed(part, rest, change) : part;
      return next === undefined ? [] : [next];
    });
  }
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([key, part]) => {
      const next = key === step ? changed(part, rest, change) : part;
      return next === undefined ? [] : [[key, next]];
    }),
  );
}
