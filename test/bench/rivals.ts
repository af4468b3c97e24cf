import type { Entry } from './rival.js';
import { handWrittenOnnx } from './rivals/hand-written-onnx.js';
import { onnxruntime } from './rivals/onnxruntime.js';
import { fusedC, torch } from './rivals/process.js';
import { handWritten, softdice, taped } from './rivals/tfjs.js';
import { plainLoops, typedArrays } from './rivals/typed-arrays.js';

export const fusedFirst: Entry = softdice('wasm', 'channelsFirst', 'fused');
export const fusedLast: Entry = softdice('wasm', 'channelsLast', 'fused');
/** Everything that kernels compute. */
export const fused: readonly Entry[] = [
  fusedFirst,
  fusedLast,
  taped('wasm', 'channelsLast'),
  typedArrays,
  softdice('cpu', 'channelsLast', 'fused'),
];
export const onnxFirst: Entry = onnxruntime('channelsFirst');
const withoutPattern = { enableCpuMemArena: true, enableMemPattern: false } as const;
/** The same, with less memory. */
export const onnxSparing: readonly Entry[] = [
  onnxruntime('channelsFirst', withoutPattern),
  onnxruntime('channelsFirst', withoutPattern, 2 ** 17),
];
export const autograd: Entry = torch('autograd');
/** The cpu backend takes seconds for a million numbers. */
const few = 3e6;

/** Everything that is measured side by side. */
export const rivals: readonly Entry[] = [
  ...fused,
  softdice('wasm', 'channelsLast', 'ops'),
  handWritten('wasm'),
  handWritten('cpu', few),
  plainLoops,
  onnxFirst,
  onnxruntime('channelsLast'),
  ...onnxSparing,
  onnxruntime('channelsLast', withoutPattern, 2 ** 17),
  onnxruntime('channelsFirst', { enableCpuMemArena: false, enableMemPattern: false }),
  handWrittenOnnx,
  autograd,
  torch('function'),
  fusedC,
];
