import { groupsOf, type Shader, tablesName, variableOf, workgroupSize } from '@softdice/core/wgsl';
import * as tf from '@tensorflow/tfjs';

/** What is used of tfjs's WebGPU backend, which is not imported: only its users have it. */
interface WebgpuBackend {
  readonly runWebGPUProgram: (
    program: Program,
    inputs: readonly tf.TensorInfo[],
    dtype: 'float32',
    uniforms: readonly { readonly type: 'uint32'; readonly data: readonly number[] }[],
  ) => tf.TensorInfo;
}

/**
 * A program as that backend takes it since 4.6, its first stable version; it writes down there what it finds
 * out.
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

/** Why shaders cannot run on the backend of the moment, or undefined where they can. */
export function deviceProblem(): string | undefined {
  const name = tf.getBackend();
  if (name !== 'webgpu') return `the backend is ${name}: shaders run on webgpu`;
  const backend = tf.backend() as Partial<WebgpuBackend>;
  const runs = typeof backend.runWebGPUProgram === 'function';
  return runs ? undefined : 'the webgpu backend does not run programs of others';
}

/**
 * Runs a shader; nothing waits for it.
 *
 * @param buffers - The tensors that it reads, by name.
 * @param voxels - Of a sample.
 */
export function run(shader: Shader, buffers: Buffers, voxels: number): tf.Tensor1D {
  return tf.tidy(() => {
    const tables =
      shader.tables.length > 0 ? tf.tensor1d([...shader.tables], 'float32') : undefined;
    return ran(shader, { ...buffers, [tablesName]: tables }, voxels);
  });
}

function ran(shader: Shader, buffers: Buffers, voxels: number): tf.Tensor1D {
  const inputs = shader.reads.map((name): tf.TensorInfo => {
    const tensor = buffers[name];
    if (tensor === undefined) throw new TypeError(`buffer ${name} was not given`);
    return { dataId: tensor.dataId, dtype: tensor.dtype, shape: [tensor.size] };
  });
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
  const uniforms = [voxels, groupsOf(voxels)].map(
    (value) => ({ type: 'uint32', data: [value] }) as const,
  );
  const backend = tf.backend() as unknown as WebgpuBackend;
  const made = backend.runWebGPUProgram(program, inputs, 'float32', uniforms);
  return tf.engine().makeTensorFromTensorInfo(made) as tf.Tensor1D;
}
