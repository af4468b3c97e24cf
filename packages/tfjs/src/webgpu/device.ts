import { type Shader, tablesName, variableOf, workgroupSize } from '@softdice/core/wgsl';
import * as tf from '@tensorflow/tfjs';
import { apart, type Recording } from './recording.js';
import { type Judged, judged } from './verdicts.js';

/** What is used of tfjs's WebGPU backend, which is not imported: only its users have it. */
interface WebgpuBackend extends Judged, Recording {
  readonly makeTensorInfo: (
    shape: number[],
    dtype: 'float32',
    values: Float32Array,
  ) => tf.TensorInfo;
  readonly runWebGPUProgram: (
    program: Program,
    inputs: readonly tf.TensorInfo[],
    dtype: 'float32',
    uniforms: readonly { readonly type: 'uint32'; readonly data: readonly number[] }[],
  ) => tf.TensorInfo;
}

/**
 * A program as that backend takes it; it writes down there what it finds out.
 */
interface Program {
  readonly variableNames: readonly string[];
  readonly outputShape: readonly number[];
  readonly shaderKey: string;
  readonly workgroupSize: readonly [number, number, number];
  readonly dispatch: readonly [number, number, number];
  readonly dispatchLayout: { readonly x: readonly number[] };
  readonly uniforms: string;
  readonly getUserCode: () => string;
}

/** Tensors by the names under which shaders read them. */
export type Buffers = Readonly<Record<string, tf.Tensor | undefined>>;

/** Shaders of a loss on the backend of the moment. */
export interface ShaderRunner {
  /** Why shaders cannot run there, or undefined where they can. */
  readonly problem: () => string | undefined;
  /**
   * Runs a shader; nothing waits for it.
   *
   * @param buffers - The tensors that it reads, by name.
   * @param voxels - Of a sample.
   */
  readonly run: (shader: Shader, buffers: Buffers, voxels: number) => tf.Tensor1D;
}

/** What is known of shaders on a backend, as long as both live. */
interface Known {
  /** Why one did not compile. */
  failure?: string;
  /** Types of what compiled shaders read. */
  readonly compiled: WeakMap<Shader, Set<string>>;
  /** Constants on the device. They are no tensors of tfjs's, which would count them as left over. */
  readonly tables: WeakMap<Shader, tf.TensorInfo>;
}

/** Makes what runs the shaders of a loss. */
export function shaderRunner(): ShaderRunner {
  const known = new WeakMap<object, Known>();
  const knownOf = (backend: object): Known => {
    const found = known.get(backend) ?? { compiled: new WeakMap(), tables: new WeakMap() };
    known.set(backend, found);
    return found;
  };
  return {
    problem: () => {
      const backend = tf.backend();
      return backendProblem(backend) ?? knownOf(backend).failure;
    },
    run: (shader, buffers, voxels) => {
      const backend = tf.backend() as unknown as WebgpuBackend;
      const { compiled, tables } = knownOf(backend);
      const constants = tables.get(shader) ?? tablesOf(shader, backend);
      if (constants !== undefined) tables.set(shader, constants);
      const inputs = inputsOf(shader, { ...buffers, [tablesName]: constants });
      const types = inputs.map(({ dtype }) => dtype).join();
      const seen = compiled.get(shader) ?? new Set();
      const compute = (): tf.Tensor1D => ran(backend, shader, inputs, voxels);
      if (seen.has(types)) return compute();
      compiled.set(shader, seen.add(types));
      return judged(
        backend,
        () => apart(backend, inputs, compute),
        (reason) => {
          knownOf(backend).failure = `a shader did not compile: ${reason}`;
        },
      );
    },
  };
}

/** The methods without which the backend is another of that name, or older than 4.11. */
const used = [
  'runWebGPUProgram',
  'makeTensorInfo',
  'uploadToGPU',
  'ensureCommandEncoderReady',
  'endComputePassEncoder',
  'submitQueue',
] as const;

function backendProblem(backend: object): string | undefined {
  const name = tf.getBackend();
  if (name !== 'webgpu') return `the backend is ${name}: shaders run on webgpu`;
  const methods = used.map((name) => (backend as Partial<WebgpuBackend>)[name]);
  const { device } = backend as Partial<WebgpuBackend>;
  const runs = [...methods, device?.pushErrorScope].every((each) => typeof each === 'function');
  return runs ? undefined : 'the webgpu backend does not run programs of others';
}

function tablesOf({ tables }: Shader, backend: WebgpuBackend): tf.TensorInfo | undefined {
  if (tables.length === 0) return undefined;
  return backend.makeTensorInfo([tables.length], 'float32', Float32Array.from(tables));
}

function inputsOf(
  { reads }: Shader,
  buffers: Readonly<Record<string, tf.TensorInfo | undefined>>,
): readonly tf.TensorInfo[] {
  return reads.map((name): tf.TensorInfo => {
    const tensor = buffers[name];
    if (tensor === undefined) throw new TypeError(`buffer ${name} was not given`);
    const { dataId, dtype, shape } = tensor;
    return { dataId, dtype, shape: [tf.util.sizeFromShape(shape)] };
  });
}

function ran(
  backend: WebgpuBackend,
  shader: Shader,
  inputs: readonly tf.TensorInfo[],
  voxels: number,
): tf.Tensor1D {
  const program: Program = {
    variableNames: shader.reads.map(variableOf),
    outputShape: [shader.size(voxels)],
    // Pipelines are kept by it: the same text is the same program.
    shaderKey: shader.code,
    workgroupSize: [workgroupSize, 1, 1],
    dispatch: [shader.workgroups(voxels), 1, 1],
    dispatchLayout: { x: [0] },
    uniforms: 'voxels : u32, groups : u32,',
    getUserCode: () => shader.code,
  };
  const uniforms = [voxels, shader.groups(voxels)].map(
    (value) => ({ type: 'uint32', data: [value] }) as const,
  );
  const made = backend.runWebGPUProgram(program, inputs, 'float32', uniforms);
  return tf.engine().makeTensorFromTensorInfo(made) as tf.Tensor1D;
}
