import * as tf from '@tensorflow/tfjs';

/** What a device was asked to do. */
export interface DeviceWork {
  /** Shaders that ran. */
  readonly programs: number;
  /** The most bytes in use on the device, beyond those before. */
  readonly peakBytes: number;
  /** Tensors that came with numbers. */
  readonly uploads: number;
}

type Runner = 'runWebGLProgram' | 'runWebGPUProgram';
type Runs = Record<Runner, (...args: unknown[]) => unknown> & {
  write: (values: unknown, ...args: unknown[]) => unknown;
};

/** Counts what f does on the backend of the moment, webgl or webgpu; its tensors are disposed. */
export function deviceWork(f: () => void): DeviceWork {
  const backend = tf.backend() as unknown as Runs;
  const runner: Runner = tf.getBackend() === 'webgl' ? 'runWebGLProgram' : 'runWebGPUProgram';
  const original = backend[runner];
  const used = (): number => (tf.memory() as unknown as { numBytesInGPU: number }).numBytesInGPU;
  const before = used();
  let [programs, peakBytes, uploads] = [0, 0, 0];
  const { write } = backend;
  backend.write = (values, ...args) => {
    if (values !== null && values !== undefined) uploads += 1;
    return write.call(backend, values, ...args);
  };
  backend[runner] = (...args) => {
    programs += 1;
    const result = original.apply(backend, args);
    peakBytes = Math.max(peakBytes, used() - before);
    return result;
  };
  try {
    tf.tidy(f);
  } finally {
    backend[runner] = original;
    backend.write = write;
  }
  return { programs, peakBytes, uploads };
}
