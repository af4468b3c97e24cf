import type { Tensor, TypedTensor } from 'onnxruntime-node';

/** A tensor as JSON. */
export interface PlainTensor {
  readonly type: string;
  readonly dims: readonly number[];
  /** Integers of 64 bits as numbers, half precision as its bits. */
  readonly data: readonly number[];
}

export type PlainFeeds = Readonly<Record<string, PlainTensor>>;

const arrays = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  int32: Int32Array,
  uint8: Uint8Array,
} as const;

/** Tensors as JSON, which leaves a process or a page. */
export function plainFeeds(feeds: Readonly<Record<string, Tensor>>): PlainFeeds {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, { type, dims, data }]) => [
      name,
      { type, dims, data: Array.from(bitsOf(type, data), Number) },
    ]),
  );
}

/** Runtimes have arrays of half precision where their JavaScript has. */
function bitsOf(type: string, data: Tensor['data']): ArrayLike<number | bigint> {
  const values = data as ArrayBufferView & ArrayLike<number | bigint>;
  if (type !== 'float16' || data instanceof Uint16Array) return values;
  return new Uint16Array(values.buffer, values.byteOffset, values.length);
}

/** The tensors of a runtime from JSON. */
export function runtimeTensors(
  make: new (type: Tensor.Type, data: Tensor.DataType, dims: readonly number[]) => Tensor,
  feeds: PlainFeeds,
): Record<string, TypedTensor<Tensor.Type>> {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, { type, dims, data }]) => {
      const typed =
        type === 'int64'
          ? BigInt64Array.from(data, BigInt)
          : arrays[type as keyof typeof arrays].from(data);
      return [name, new make(type as Tensor.Type, typed, dims) as TypedTensor<Tensor.Type>];
    }),
  );
}
