import { flat, nameBytes, sized } from '../assembler/bytes.js';
import { moduleBytes } from '../assembler/module.js';
import { routine } from '../assembler/routine.js';
import { f32x4, i32, v128 } from '../assembler/values.js';

/** A linear memory. */
export interface WasmMemory {
  /** Another one after the memory grew. */
  readonly buffer: ArrayBufferLike;
}

/** The exported function of a kernel: scratch memory, voxels, then addresses and strides. */
export type SweepFunction = (...parameters: readonly number[]) => void;

/** What is used of the engine's `WebAssembly`, which not every engine has. */
interface Engine {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: WasmMemory } },
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly Memory: new (limits: { readonly initial: number }) => WasmMemory;
}

function engine(): Engine | undefined {
  return (globalThis as unknown as { readonly WebAssembly?: Engine }).WebAssembly;
}

function presentEngine(): Engine {
  const found = engine();
  if (found === undefined) throw new TypeError('there is no WebAssembly');
  return found;
}

/** Why kernels cannot run here, or undefined where they can. */
export function engineProblem(): string | undefined {
  const found = engine();
  if (found === undefined) return 'there is no WebAssembly';
  const probe = routine(['i32'], (f) => {
    f.do(v128.store(i32.const(0), f32x4.const(0)));
  });
  const bytes = padded(moduleBytes([{ name: 'probe', routine: probe, exported: true }], false));
  if (!found.validate(bytes)) return 'WebAssembly has no 128-bit SIMD';
  try {
    new found.Module(bytes);
    return undefined;
  } catch (error) {
    return `WebAssembly may not be compiled: ${String(error)}`;
  }
}

/** A module with a section of no meaning, as large as kernels are: some browsers compile small ones only. */
function padded(bytes: Uint8Array): Uint8Array {
  const section = flat([
    0,
    sized([nameBytes('padding'), Array.from({ length: 2 ** 15 }, () => 0)]),
  ]);
  return Uint8Array.from([...bytes, ...section]);
}

/** Compiles a module. */
export function compiled(bytes: Uint8Array): object {
  const { Module } = presentEngine();
  return new Module(bytes);
}

/** Binds the sweep of a module to a memory. */
export function bound(module: object, memory: WasmMemory): SweepFunction {
  const { Instance } = presentEngine();
  const { sweep } = new Instance(module, { env: { memory } }).exports;
  return sweep as SweepFunction;
}

/** Memory of at least so many bytes. */
export function memoryOf(bytes: number): WasmMemory {
  const { Memory } = presentEngine();
  return new Memory({ initial: Math.ceil(bytes / 65_536) });
}

/** Whether a memory is shared between threads. */
export function isShared({ buffer }: WasmMemory): boolean {
  return Object.prototype.toString.call(buffer) === '[object SharedArrayBuffer]';
}

/** A view of 32-bit numbers in a memory; it is lost when the memory grows. */
export function words(
  kind: 'float32' | 'int32',
  buffer: ArrayBufferLike,
  address: number,
  length: number,
): Float32Array | Int32Array {
  return kind === 'int32'
    ? new Int32Array(buffer, address, length)
    : new Float32Array(buffer, address, length);
}
