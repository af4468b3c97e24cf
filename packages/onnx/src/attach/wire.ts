import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** One field of an encoded message, with its bytes as they stand. */
export interface WireField {
  readonly number: number;
  readonly type: WireType;
  /** The field with its tag: what is copied where nothing changes. */
  readonly bytes: Uint8Array;
  /** The content where it has a length of its own: a text, bytes, a list or a message. */
  readonly body: Uint8Array | undefined;
}

/**
 * Splits an encoded message into its fields without decoding them, so that what is not known here
 * stays as it is.
 *
 * @throws RangeError, Error - where the bytes are no message.
 */
export function wireFields(message: Uint8Array): readonly WireField[] {
  const reader = new BinaryReader(message);
  const fields: WireField[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [number, type] = reader.tag();
    const value = reader.pos;
    const body = type === WireType.LengthDelimited ? reader.bytes() : undefined;
    if (body === undefined) reader.skip(type, number);
    if (reader.pos <= value) throw new RangeError('a field without an end');
    fields.push({ number, type, bytes: message.subarray(start, reader.pos), body });
  }
  return fields;
}

/** The contents of a field of messages, one after the other: which is how repeated ones are merged. */
export function merged(fields: readonly WireField[], number: number): Uint8Array {
  const bodies = fields
    .filter((field) => field.number === number)
    .flatMap(({ body }) => body ?? []);
  const [only, ...others] = bodies;
  return only !== undefined && others.length === 0 ? only : joined(bodies);
}

/** A field that holds a message, in pieces: the first says how long the others are together. */
export function messageField(
  number: number,
  ...body: readonly Uint8Array[]
): readonly Uint8Array[] {
  const length = total(body);
  const head = new BinaryWriter().tag(number, WireType.LengthDelimited).uint32(length).finish();
  return [head, ...body];
}

/** A field that holds a whole number. */
export function integerField(number: number, value: bigint): Uint8Array {
  return new BinaryWriter().tag(number, WireType.Varint).int64(value).finish();
}

/** Pieces one after the other. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(total(pieces));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** How many bytes pieces have together. */
export function total(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}
