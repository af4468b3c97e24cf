import type { TensorInfo } from '@tensorflow/tfjs';

/** How tfjs's WebGPU backend records commands and sends them. */
export interface Recording {
  readonly uploadToGPU: (id: object) => void;
  readonly ensureCommandEncoderReady: () => void;
  readonly endComputePassEncoder: () => void;
  readonly submitQueue: () => void;
}

/**
 * Records what f does apart from all before and after it. One bad command spoils all that are sent with it: an upload
 * of its inputs, say, which nobody repeats.
 */
export function apart<Result>(
  backend: Recording,
  inputs: readonly TensorInfo[],
  f: () => Result,
): Result {
  for (const { dataId } of inputs) backend.uploadToGPU(dataId);
  send(backend);
  const result = f();
  send(backend);
  return result;
}

function send(backend: Recording): void {
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
}
