import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import { WireType } from '@bufbuild/protobuf/wire';
import { type WireField, wireFields } from './wire.js';

/** Messages in one another that are read; models have a few, each body of a loop or branch adds two. */
const deepest = 100;

/**
 * Checks that every message ends where its length says, and that every field is written as its type is.
 * A reader of whole messages does not: it reads on in what follows.
 *
 * @throws RangeError, Error - where the bytes are no such message.
 */
export function wellFormed(message: DescMessage, bytes: Uint8Array, depth = 0): void {
  if (depth > deepest) throw new RangeError(`messages nested more than ${deepest} deep`);
  const known = new Map(message.fields.map((field) => [field.number, field]));
  for (const field of wireFields(bytes)) {
    const declared = known.get(field.number);
    if (declared === undefined) continue;
    if (!isWrittenAs(field, declared)) throw new RangeError(`damage in ${declared.toString()}`);
    if (declared.message !== undefined && field.body !== undefined) {
      wellFormed(declared.message, field.body, depth + 1);
    }
  }
}

/** Whether a field is written as its type is; numbers of a list may be packed in one field. */
function isWrittenAs({ type, bytes, body }: WireField, declared: DescField): boolean {
  const wanted = wireTypeOf(declared);
  // A tag is such a number too.
  if (type === wanted) return type !== WireType.Varint || areVarints(bytes);
  if (declared.fieldKind !== 'list' || body === undefined) return false;
  if (wanted === WireType.Bit32) return body.length % 4 === 0;
  if (wanted === WireType.Bit64) return body.length % 8 === 0;
  return wanted === WireType.Varint && areVarints(body);
}

/** Whether bytes are numbers that end in a byte below 128, each of at most ten bytes. */
function areVarints(bytes: Uint8Array): boolean {
  let length = 0;
  for (const byte of bytes) {
    length = byte < 128 ? 0 : length + 1;
    if (length === 10) return false;
  }
  return length === 0;
}

function wireTypeOf(declared: DescField): WireType {
  if (declared.message !== undefined) return WireType.LengthDelimited;
  switch (declared.scalar) {
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return WireType.LengthDelimited;
    case ScalarType.FLOAT:
    case ScalarType.FIXED32:
    case ScalarType.SFIXED32:
      return WireType.Bit32;
    case ScalarType.DOUBLE:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return WireType.Bit64;
    default:
      return WireType.Varint;
  }
}
