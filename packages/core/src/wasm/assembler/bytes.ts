/** Bytes of a WebAssembly module, nested as they were composed. */
export type Code = number | readonly Code[];

/** All bytes in order. */
export function flat(code: Code): readonly number[] {
  const bytes: number[] = [];
  const visit = (part: Code): void => {
    if (typeof part === 'number') bytes.push(part);
    else for (const inner of part) visit(inner);
  };
  visit(code);
  return bytes;
}

/** LEB128 of a whole number from 0 to 2^32 - 1. */
export function unsigned(value: number): readonly number[] {
  const low = value & 0x7f;
  const rest = value >>> 7;
  return rest === 0 ? [low] : [low | 0x80, ...unsigned(rest)];
}

/** LEB128 of a 32-bit integer. */
export function signed(value: number): readonly number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
}

/** IEEE bytes, little-endian. */
export function float32Bytes(value: number): readonly number[] {
  return [...new Uint8Array(Float32Array.of(value).buffer)];
}

/** IEEE bytes, little-endian. */
export function float64Bytes(value: number): readonly number[] {
  return [...new Uint8Array(Float64Array.of(value).buffer)];
}

/** Bytes of a 32-bit integer, little-endian. */
export function int32Bytes(value: number): readonly number[] {
  return [...new Uint8Array(Int32Array.of(value).buffer)];
}

/** A vector of the binary format: how many, then each. */
export function vectorOf(items: readonly Code[]): Code {
  return [unsigned(items.length), ...items];
}

/** A name of ASCII letters. */
export function nameBytes(text: string): Code {
  return vectorOf(Array.from(text, (letter) => letter.charCodeAt(0)));
}

/** Something with its size in bytes before it. */
export function sized(code: Code): Code {
  const bytes = flat(code);
  return [unsigned(bytes.length), bytes];
}
