import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Dtype } from '../../dtype.js';
import { misused } from '../usage-error.js';
import { halfBits, halfValue } from './half.js';
import { type Plain, plain } from './tensors.js';

/** The runtime that models are checked in, which is installed only where it is wanted. */
export type Runtime = typeof import('onnxruntime-node');

/**
 * Loads onnxruntime.
 *
 * @throws UsageError - if it is not installed.
 */
export async function loadRuntime(): Promise<Runtime> {
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    const fix = 'npm install onnxruntime-node';
    throw misused('installation', 'onnxruntime-node beside softdice', why ?? 'none', fix);
  }
}

/** Opens a model on one thread, so that sums are the same every time. */
export async function opened(ort: Runtime, model: string | Uint8Array): Promise<InferenceSession> {
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 4 } as const;
  try {
    return await (typeof model === 'string'
      ? ort.InferenceSession.create(model, options)
      : ort.InferenceSession.create(model, options));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw misused('model', 'a model that onnxruntime runs', why);
  }
}

/** Numbers as an element type holds them. */
export function rounded({ shape, data }: Plain, dtype: Dtype): Plain {
  const nearest = {
    float16: (value: number) => halfValue(halfBits(value)),
    float32: Math.fround,
    float64: (value: number) => value,
  }[dtype];
  return plain(shape, (at) => nearest(data[at] ?? 0));
}

/** Numbers as a tensor of the runtime. */
export function tensorOf(
  { Tensor: Made }: Runtime,
  { shape, data }: Plain,
  type: Dtype | 'uint8' | 'int32' | 'int64',
): Tensor {
  const dims = [...shape];
  switch (type) {
    case 'float16':
      return new Made('float16', Uint16Array.from(data, halfBits), dims);
    case 'float32':
      return new Made('float32', Float32Array.from(data), dims);
    case 'float64':
      return new Made('float64', data, dims);
    case 'uint8':
      return new Made('uint8', Uint8Array.from(data), dims);
    case 'int32':
      return new Made('int32', Int32Array.from(data), dims);
    case 'int64':
      return new Made(
        'int64',
        BigInt64Array.from(data, (value) => BigInt(value)),
        dims,
      );
  }
}

/** A tensor of the runtime as numbers. */
export function plainOf({ type, dims, data }: Tensor): Plain {
  const values = Array.from(data as Float32Array, Number);
  // Some versions of the runtime give float16 as bits, others as numbers.
  const isBits = type === 'float16' && data instanceof Uint16Array;
  return plain(dims, (at) => (isBits ? halfValue(values[at] ?? 0) : (values[at] ?? Number.NaN)));
}
