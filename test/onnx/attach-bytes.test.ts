import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { AttachError, attachLoss, dice } from '@softdice/onnx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Foreign, foreign } from './foreign.js';
import { decoded } from './model.js';

const spec = dice({ target: 'labels', activation: 'softmax' });
const attach = (model: Uint8Array): Uint8Array =>
  attachLoss(model, spec, { prediction: 'logits', outputs: ['loss', 'gradient'] });

/** The graph of a model as it is written. */
function graphBytes(model: Uint8Array): Uint8Array {
  return decodedFields(model).find(({ number }) => number === 7)?.body ?? new Uint8Array();
}

interface Field {
  readonly number: number;
  readonly body: Uint8Array;
}

/** Fields with a length, read here once more, by hand: tags and lengths of one to five bytes. */
function decodedFields(message: Uint8Array): readonly Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = message[at++] ?? 0;
      value += (byte & 127) * factor;
      factor *= 128;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const length = tag % 8 === 2 ? varint() : 0;
    const start = at;
    if (tag % 8 === 0) varint();
    else at += tag % 8 === 2 ? length : tag % 8 === 1 ? 8 : 4;
    fields.push({ number: Math.floor(tag / 8), body: message.subarray(start, at) });
  }
  return fields;
}

/** A field of a number that no version of ONNX has. */
function unknownField(text: string): Uint8Array {
  return new BinaryWriter()
    .tag(1999, WireType.LengthDelimited)
    .string(text)
    .tag(1998, WireType.Varint)
    .uint32(7)
    .finish();
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}

function field(number: number, body: Uint8Array): Uint8Array {
  return new BinaryWriter().tag(number, WireType.LengthDelimited).bytes(body).finish();
}

describe('what a model has', () => {
  /** A model with unknown fields in itself, in its graph, in its first node and in its initialiser. */
  const strange = ((): Uint8Array => {
    const inside = decodedFields(graphBytes(foreign())).map(({ number, body }) =>
      field(number, number === 1 || number === 5 ? joined(body, unknownField('inner')) : body),
    );
    const graph = joined(unknownField('first'), ...inside, unknownField('last'));
    const outside = decodedFields(foreign()).map(({ number, body }) => {
      if (number === 1) return new BinaryWriter().tag(1, WireType.Varint).uint32(8).finish();
      return field(number, number === 7 ? graph : body);
    });
    return joined(unknownField('model'), ...outside, unknownField('end'));
  })();

  it.each([
    ['an ordinary model', foreign()],
    ['a model with fields of the future', strange],
    ['a model with its weights elsewhere', foreign({ weights: 'weights.bin' })],
  ])('stays byte by byte, in its place: %s', (_, before) => {
    const after = attach(before);
    const graph = graphBytes(before);
    expect(graphBytes(after).subarray(0, graph.length)).toEqual(graph);
    const others = (model: Uint8Array): readonly Field[] =>
      decodedFields(model).filter(({ number }) => number !== 7);
    expect(others(after).slice(0, others(before).length)).toEqual(others(before));
    // What was added are nodes, constants, inputs, outputs and metadata alone.
    const added = decodedFields(graphBytes(after)).slice(decodedFields(graph).length);
    expect([...new Set(added.map(({ number }) => number))].sort((a, b) => a - b)).toEqual([
      1, 5, 11, 12,
    ]);
    const more = others(after).slice(others(before).length);
    expect([...new Set(more.map(({ number }) => number))]).toEqual([14]);
  });

  it('a graph in two pieces is one', () => {
    const fields = decodedFields(graphBytes(foreign()));
    const half = (from: number, to?: number): Uint8Array =>
      field(7, joined(...fields.slice(from, to).map(({ number, body }) => field(number, body))));
    const rest = decodedFields(foreign())
      .filter(({ number }) => number !== 7 && number !== 1)
      .map(({ number, body }) => field(number, body));
    const version = new BinaryWriter().tag(1, WireType.Varint).uint32(8).finish();
    const before = joined(version, half(0, 3), ...rest, half(3));
    expect(decoded(attach(before)).graph).toEqual(decoded(attach(foreign())).graph);
  });
});

describe('what is no model', () => {
  const refusal = (model: Uint8Array | Foreign, prediction = 'logits', more = {}): string => {
    const bytes = model instanceof Uint8Array ? model : foreign(model);
    try {
      attachLoss(bytes, spec, { prediction, ...more });
      return 'no error';
    } catch (error) {
      expect(error).toBeInstanceOf(AttachError);
      return error instanceof Error ? error.message : '';
    }
  };

  it('is refused, and so is what does not fit', () => {
    expect({
      empty: refusal(new Uint8Array()),
      text: refusal(new TextEncoder().encode('<!DOCTYPE html><html></html>')),
      'cut off': refusal(foreign().subarray(0, 200)),
      'too large': refusal(new Uint8Array(2 ** 31)),
      'an opset of the past': refusal({ opset: 9 }),
      'an opset of the future': refusal({ opset: 99 }),
      'no such value': refusal({}, 'probabilities'),
      'another type': refusal({ type: 7 }),
      'too many axes': refusal({ dims: ['N', 3, 1, 2, 3, 4] }),
      'no shape': refusal({ dims: null }),
      'another rank': refusal({}, 'logits', { spatialRank: 3 }),
      'a name for nothing': refusal({}, 'logits', { names: { los: 'a', target: '' } }),
      'what the model decides': refusal({}, 'logits', { form: 'function', opset: 18 }),
      'one channel': refusal({ channels: 1 }),
      'channels last': refusal({ dims: ['N', 1, 64, 3] }),
    }).toMatchSnapshot();
  });

  const [model, whole] = [foreign(), attach(foreign())];
  const judge = (damaged: Uint8Array): void => {
    let result: Uint8Array;
    try {
      result = attach(damaged);
    } catch (error) {
      expect(error).toBeInstanceOf(AttachError);
      expect(String(error)).toMatch(
        /^AttachError: \[softdice\] Invalid .+: expected .+ but received/,
      );
      return;
    }
    const graph = graphBytes(damaged);
    expect(graphBytes(result).subarray(0, graph.length)).toEqual(graph);
    expect(decoded(result).graph?.output.length).toBe(
      (decoded(damaged).graph?.output.length ?? 0) + 2,
    );
  };

  it('cut off anywhere, it is refused or still a model', () => {
    for (let length = 0; length < model.length; length++) judge(model.subarray(0, length));
  });

  it('with changed bytes, it is refused or still a model', () => {
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        (changes, twice) => {
          const damaged = Uint8Array.from(twice ? whole : model);
          for (const [at, byte] of changes) damaged[at % damaged.length] = byte;
          judge(damaged);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('nested without end, it is refused', () => {
    // A node whose attribute is a graph with such a node, and so on.
    let graph = new Uint8Array();
    for (let depth = 0; depth < 3000; depth++) {
      graph = new Uint8Array(field(1, field(5, field(6, graph))));
    }
    judge(field(7, graph));
  });
});
