import { mainOf, type Shader, variableOf, workgroupSize } from './shader.js';
import { pairwise, workgroupSums, workgroupSumsMemory } from './workgroup-sums.js';

/** Numbers that an invocation reads at a time, since each takes long to come; their sum is pairwise. */
const atOnce = 8;

/** The buffer of sums of single workgroups. */
export const partsName = 'parts';

/**
 * Adds up what the workgroups of a sweep have left: one number for each sum of each sample.
 *
 * @param groups - Of that sweep.
 */
export function sumShader(sums: number, groups: Shader['groups']): Shader {
  const parts = Array.from({ length: atOnce }, (_, k) => {
    const at = `at + ${k * workgroupSize}u`;
    // A number that is not chosen is read all the same.
    return `select(0f, ${variableOf(partsName)}[first * uniforms.groups + min(${at}, last)], ${at} <= last)`;
  });
  const main = mainOf([
    `let first = u32(index) / ${workgroupSize}u;`,
    'let last = uniforms.groups - 1u;',
    'var total = 0f;',
    `if (first < ${sums}u) {`,
    `for (var at = localIndex; at <= last; at = at + ${atOnce * workgroupSize}u) {`,
    `total = total + ${pairwise(parts)};`,
    '}',
    '}',
    ...workgroupSums([{ value: 'total', to: 'result[first]' }], `first < ${sums}u`),
  ]);
  return {
    code: [workgroupSumsMemory(1), main].join('\n'),
    reads: [partsName],
    tables: [],
    groups,
    workgroups: () => sums,
    size: () => sums,
  };
}
