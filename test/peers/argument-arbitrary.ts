import type { ArgumentKind, ArgumentTable, NumberKind, PeerArgument } from '@softdice/core/peers';
import fc from 'fast-check';

/** Any values of some of the arguments of a table, the required ones among them. */
export function argumentValues(
  table: ArgumentTable,
  channels: number,
): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const entries = Object.entries(table);
  return fc.record(
    Object.fromEntries(
      entries.map(([name, argument]) => [name, argumentValue(argument, channels)] as const),
    ),
    {
      requiredKeys: entries
        .filter(([, argument]) => argument.default === undefined)
        .map(([name]) => name),
    },
  );
}

/** Any value of an argument: lists mostly as long as there are channels, the default often. */
export function argumentValue(
  { kind, none, default: usual }: PeerArgument,
  channels: number,
): fc.Arbitrary<unknown> {
  const some = ofKind(kind, channels);
  return fc.oneof(
    { arbitrary: some, weight: 2 },
    ...(usual === undefined ? [] : [fc.constant(usual)]),
    ...(none === true ? [fc.constant(null)] : []),
  );
}

function ofKind(kind: ArgumentKind, channels: number): fc.Arbitrary<unknown> {
  switch (kind.type) {
    case 'flag':
      return fc.boolean();
    case 'number':
    case 'integer':
      return numberOf(kind);
    case 'word':
      return fc.constantFrom(...kind.words);
    case 'text':
      return fc.constantFrom('first', 'float32');
    case 'callable':
      return fc.constantFrom('softmax', 'torch.sigmoid', 'Softmax(dim=1)', 'tanh', 'identity');
    case 'list': {
      const list = (length: number): fc.Arbitrary<unknown> =>
        fc.array(numberOf(kind.items), { minLength: length, maxLength: length });
      const lists = fc.oneof(
        { arbitrary: list(channels), weight: 3 },
        list(Math.max(1, channels - 1)),
        list(1),
        list(3),
      );
      return kind.single === true ? fc.oneof(numberOf(kind.items), lists) : lists;
    }
    case 'matrix':
      return fc
        .tuple(fc.constantFrom(channels, 2), fc.integer({ min: 1, max: 4 }))
        .map(([size, unit]) =>
          Array.from({ length: size }, (_, row) =>
            Array.from({ length: size }, (_, column) => unit * Math.abs(row - column)),
          ),
        );
    case 'tensor':
      return fc.oneof(
        numberOf(kind.items),
        fc.array(numberOf(kind.items), { minLength: 1, maxLength: 3 }),
        fc
          .array(numberOf(kind.items), { minLength: channels, maxLength: channels })
          .map((list) => list.map((number) => [[number]])),
      );
    case 'arguments':
      return argumentValues(kind.arguments, channels);
    case 'loss':
      return fc.oneof(
        fc.constantFrom('DiceLoss', 'DC_and_CE_loss'),
        fc.record(
          {
            class: fc.constantFrom('DiceLoss', 'SoftDiceLoss', 'Unknown'),
            args: fc.constantFrom({}, { smooth: 0.5 }, { softmax: true, to_onehot_y: true }),
          },
          { requiredKeys: ['class'] },
        ),
      );
  }
}

/** Bounds, round numbers and anything between. */
function numberOf(kind: NumberKind): fc.Arbitrary<number> {
  const fits = (value: number): boolean =>
    value >= (kind.minimum ?? -100) &&
    value <= (kind.maximum ?? 100) &&
    value > (kind.above ?? Number.NEGATIVE_INFINITY) &&
    value < (kind.below ?? Number.POSITIVE_INFINITY) &&
    (kind.type === 'number' || Number.isInteger(value));
  const ends = [kind.minimum, kind.maximum].filter((end) => end !== undefined);
  const edges = [...ends, -2, -1, 0, 1e-12, 1e-7, 1e-5, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 255];
  return fc.constantFrom(...edges.filter(fits));
}
