/** A compute shader for one dispatch, to be run by tfjs's WebGPU backend or one with its conventions. */
export interface Shader {
  /**
   * WGSL with a function `main(index : i32)`: buffers are arrays, `result` and those that are read under
   * the names that {@link variableOf} gives them; `localIndex` is the place in a workgroup, and `uniforms`
   * has `voxels` of a sample and the workgroups that they are dealt to, {@link groups}.
   */
  readonly code: string;
  /** The buffers that are read. */
  readonly reads: readonly string[];
  /** What is in the buffer {@link tablesName}, if that is read: an invocation has no room for it. */
  readonly tables: readonly number[];
  /** Workgroups that share the voxels of a sample. */
  readonly groups: (voxels: number) => number;
  /** Workgroups of {@link workgroupSize} in all, for so many voxels in a sample. */
  readonly workgroups: (voxels: number) => number;
  /** How many numbers the result has. */
  readonly size: (voxels: number) => number;
}

/** Invocations of a workgroup: as many as WebGPU promises. */
export const workgroupSize = 256;

/** The workgroups that share the voxels of a sample where each invocation has so many. */
export function groupsOf(voxelsEach: number): (voxels: number) => number {
  return (voxels) => Math.ceil(voxels / (workgroupSize * voxelsEach));
}

/** The buffer of constants. */
export const tablesName = 'tables';

/** What is read, with tables where there are any. */
export function readsOf(buffers: Iterable<string>, tables: readonly number[]): readonly string[] {
  return [...buffers, ...(tables.length > 0 ? [tablesName] : [])];
}

/** What a buffer is called in WGSL, where `target` is a reserved word. */
export function variableOf(buffer: string): string {
  return `${buffer}In`;
}

/** The main function. A pipeline has no place for uniforms that it does not read, and tfjs gives them to all. */
export function mainOf(lines: readonly string[]): string {
  return ['fn main(index : i32) {', '_ = uniforms.voxels;', ...lines, '}'].join('\n');
}
