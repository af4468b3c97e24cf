import { parseSpec } from '@softdice/core';
import {
  fromPeer,
  type PeerClass,
  type PeerContext,
  PeerError,
  type PeerLevels,
  type PeerLoss,
  peerClasses,
  peerVersions,
} from '@softdice/core/peers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argumentValues } from './argument-arbitrary.js';

/** A spec, or the names of the arguments that were refused. */
function imported(
  { library, name }: PeerClass,
  args: Readonly<Record<string, unknown>>,
  context: PeerContext,
): PeerLoss | PeerLevels | { readonly refused: readonly string[] } {
  try {
    return fromPeer(library, name, args, context);
  } catch (error) {
    if (!(error instanceof PeerError)) throw error;
    return { refused: error.problems.map(({ path }) => path) };
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
        { numRuns: 200 },
      );
    });
  },
);
