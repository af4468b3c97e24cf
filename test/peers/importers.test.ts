import { completeMetric, parseSpec } from '@softdice/core';
import {
  type ArgumentUse,
  fromMonaiMetric,
  fromPeer,
  fromTorchmetrics,
  type PeerClass,
  type PeerContext,
  PeerError,
  type PeerLevels,
  type PeerLoss,
  peerClasses,
  peerMetrics,
  peerVersions,
} from '@softdice/core/peers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argumentValue, argumentValues } from './argument-arbitrary.js';
import { argumentsPage } from './arguments-page.js';

interface Refused {
  readonly refused: readonly string[];
  readonly message: string;
}

/** A spec, or the names of the arguments that were refused. */
function imported(
  { library, name }: PeerClass,
  args: Readonly<Record<string, unknown>>,
  context: PeerContext,
): PeerLoss | PeerLevels | Refused {
  try {
    return fromPeer(library, name, args, context);
  } catch (error) {
    if (!(error instanceof PeerError)) throw error;
    return { refused: error.problems.map(({ path }) => path), message: error.message };
  }
}

const contexts = (chosen: PeerClass): fc.Arbitrary<PeerContext> =>
  fc.record(
    {
      channels: fc.integer({ min: 1, max: 3 }),
      rank: fc.constantFrom(2, 3),
      target: fc.constantFrom('sparse', 'onehot', 'soft'),
      version: fc.constantFrom(...peerVersions(chosen.library)),
      fidelity: fc.constantFrom('exact', 'corrected'),
      mask: fc.boolean(),
      samples: fc.constantFrom(1, 2),
      voxels: fc.constantFrom(1, 64),
      levels: fc.constantFrom(1, 3),
    },
    { requiredKeys: ['channels', 'rank'] },
  );

const drawn = (
  chosen: PeerClass,
): fc.Arbitrary<readonly [Readonly<Record<string, unknown>>, PeerContext]> =>
  contexts(chosen).chain((context) =>
    fc.tuple(argumentValues(chosen.arguments, context.channels), fc.constant(context)),
  );

describe.each(peerClasses.map((chosen) => [`${chosen.library} ${chosen.name}`, chosen] as const))(
  '%s',
  (_, chosen) => {
    it('gives a spec that parses, or names an argument of its table', () => {
      fc.assert(
        fc.property(drawn(chosen), ([args, context]) => {
          const result = imported(chosen, args, context);
          if ('refused' in result) {
            expect(result.refused.length).toBeGreaterThan(0);
            for (const path of result.refused) {
              const [name = ''] = path.split('.');
              const known = name === 'context' || Object.hasOwn(chosen.arguments, name);
              expect(known, path).toBe(true);
            }
          } else if (result.kind === 'loss') {
            expect(parseSpec(result.spec)).toEqual(result.spec);
          }
        }),
        { numRuns: 150 },
      );
    });

    it('takes what is left out for the default that its table has', () => {
      fc.assert(
        fc.property(drawn(chosen), ([args, context]) => {
          const version = context.version ?? peerVersions(chosen.library).at(-1) ?? '';
          const written = { ...defaultsOf(chosen, version), ...args };
          expect(imported(chosen, written, context)).toEqual(imported(chosen, args, context));
        }),
        { numRuns: 50 },
      );
    });

    it('corrects with a note, and says so where it refuses', () => {
      fc.assert(
        fc.property(drawn(chosen), ([args, context]) => {
          const by = (fidelity: 'exact' | 'corrected'): ReturnType<typeof imported> =>
            imported(chosen, args, { ...context, fidelity });
          const [exact, corrected] = [by('exact'), by('corrected')];
          if ('refused' in corrected) {
            // What cannot be corrected is not exact either.
            expect('refused' in exact).toBe(true);
          } else if ('refused' in exact) {
            // What was corrected may fit a range that the exact numbers leave: the range is named then.
            const outOfRange = exact.message.includes(' of the spec to be ');
            expect(outOfRange || exact.message.includes("fidelity 'corrected' takes ")).toBe(true);
            expect(corrected.notes.join()).toContain('Corrected: ');
          } else if (JSON.stringify(exact.spec) !== JSON.stringify(corrected.spec)) {
            expect(corrected.notes.join()).toContain('Corrected: ');
          }
        }),
        { numRuns: 100 },
      );
    });

    it.each(argumentsBy(chosen, 'no effect'))('%s changes no spec', (name) => {
      fc.assert(
        fc.property(withAndWithout(chosen, name), ([context, changed, plain]) => {
          const [first, second] = [changed, plain].map((args) => imported(chosen, args, context));
          if (first === undefined || second === undefined) throw new TypeError('two arguments');
          if (!('refused' in first) && !('refused' in second)) {
            expect(first.spec).toEqual(second.spec);
          }
        }),
        { numRuns: 30 },
      );
    });

    it.each(argumentsBy(chosen, 'refused'))('%s is refused unless it is the default', (name) => {
      const usual = chosen.arguments[name]?.default;
      fc.assert(
        fc.property(withAndWithout(chosen, name), ([context, args]) => {
          fc.pre(args[name] !== usual);
          const result = imported(chosen, args, { ...context, fidelity: 'exact' });
          expect('refused' in result).toBe(true);
        }),
        { numRuns: 30 },
      );
    });
  },
);

/** The names of the arguments of a use. */
function argumentsBy({ arguments: table }: PeerClass, use: ArgumentUse): readonly string[] {
  return Object.entries(table).flatMap(([name, argument]) => (argument.use === use ? [name] : []));
}

/** Arguments with any value of one, and with its default. */
function withAndWithout(
  chosen: PeerClass,
  name: string,
): fc.Arbitrary<
  readonly [
    PeerContext,
    changed: Readonly<Record<string, unknown>>,
    plain: Readonly<Record<string, unknown>>,
  ]
> {
  const argument = chosen.arguments[name];
  if (argument === undefined) throw new TypeError(`no ${name}`);
  return drawn(chosen).chain(([args, { version: _, ...context }]) =>
    argumentValue(argument, context.channels).map(
      (value) =>
        [context, { ...args, [name]: value }, { ...args, [name]: argument.default }] as const,
    ),
  );
}

/** Every default that a version has, written out. */
function defaultsOf(
  { library, arguments: table }: PeerClass,
  version: string,
): Readonly<Record<string, unknown>> {
  const versions = peerVersions(library);
  const at = versions.indexOf(version);
  return Object.fromEntries(
    Object.entries(table).flatMap(([name, { default: usual, since, before }]) => {
      const has =
        (since === undefined || at >= versions.indexOf(since)) &&
        (before === undefined || at < versions.indexOf(before));
      return has && usual !== undefined ? [[name, usual]] : [];
    }),
  );
}

describe.each(peerMetrics.map((chosen) => [`${chosen.library} ${chosen.name}`, chosen] as const))(
  '%s',
  (_, { library, name, arguments: table }) => {
    const context = fc.record(
      {
        channels: fc.integer({ min: 1, max: 3 }),
        rank: fc.constant(2),
        prediction: fc.constantFrom('sparse', 'onehot', 'soft'),
        target: fc.constantFrom('sparse', 'onehot', 'soft'),
      },
      { requiredKeys: ['channels', 'rank'] },
    );

    it('gives a metric that is complete, or names an argument of its table', () => {
      fc.assert(
        fc.property(context, argumentValues(table, 2), (given, args) => {
          const read = library === 'monai' ? fromMonaiMetric : fromTorchmetrics;
          try {
            const { metric } = read(name, args, given);
            expect(completeMetric(metric)).toEqual(metric);
          } catch (error) {
            if (!(error instanceof PeerError)) throw error;
            for (const { path } of error.problems) {
              const known = path.startsWith('context.') || Object.hasOwn(table, path);
              expect(known, path).toBe(true);
            }
          }
        }),
        { numRuns: 100 },
      );
    });
  },
);

describe('the page of arguments', () => {
  it('is docs/peer-arguments.md', async () => {
    await expect(argumentsPage()).toMatchFileSnapshot('../../docs/peer-arguments.md');
  });
});
