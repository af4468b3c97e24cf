import { mainOf, type Shader, sumOfWorkgroup, variableOf, workgroupSize } from './shader.js';

/** The buffer of sums of single workgroups. */
export const partsName = 'parts';

/** Adds up what the workgroups of a sweep have left: one number for each sum of each sample. */
export function sumShader(sums: number): Shader {
  const main = mainOf([
    `let first = u32(index) / ${workgroupSize}u;`,
    'var total = 0f;',
    `if (first < ${sums}u) {`,
    `for (var at = localIndex; at < uniforms.groups; at = at + ${workgroupSize}u) {`,
    `total = total + ${variableOf(partsName)}[first * uniforms.groups + at];`,
    '}',
    '}',
    'let sum = sumOfWorkgroup(total);',
    `if (localIndex == 0u && first < ${sums}u) { result[first] = sum; }`,
  ]);
  return {
    code: [sumOfWorkgroup, main].join('\n'),
    reads: [partsName],
    tables: [],
    workgroups: () => sums,
    size: () => sums,
  };
}
