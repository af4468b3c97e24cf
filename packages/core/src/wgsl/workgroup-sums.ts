import { workgroupSize } from './shader.js';

/** A number of each invocation of a workgroup, and where the sum of them goes: a place that one of them writes to. */
export interface WorkgroupSum {
  readonly value: string;
  readonly to: string;
}

/** Sums that are made at once; each takes 1 kB of the memory of the workgroup, of which every device has 16. */
const most = 8;

/** Numbers that one invocation adds up, in each of two steps: 16 * 16 is the workgroup. */
const row = Math.sqrt(workgroupSize);

/** Declares what {@link workgroupSums} needs for so many sums. */
export function workgroupSumsMemory(sums: number): string {
  const columns = Math.min(sums, most);
  return [
    `var<workgroup> lanes : array<f32, ${columns * workgroupSize}>;`,
    `var<workgroup> rows : array<f32, ${columns * row}>;`,
  ].join('\n');
}

/**
 * Statements that sum numbers over a workgroup, pairwise. They have two barriers however many sums there are, up to
 * {@link most}; all invocations must come by.
 *
 * @param condition - Whether results are written.
 */
export function workgroupSums(sums: readonly WorkgroupSum[], condition: string): readonly string[] {
  if (sums.length === 0) return [];
  const columns = sums.slice(0, most);
  const addends = (text: (k: number) => string): string =>
    pairwise(Array.from({ length: row }, (_, k) => text(k)));
  return [
    ...columns.map(({ value }, k) => `lanes[${k * workgroupSize}u + localIndex] = ${value};`),
    'workgroupBarrier();',
    `if (localIndex < ${columns.length * row}u) {`,
    // Neighbours read neighbours.
    `let lane = localIndex / ${row}u * ${workgroupSize}u + localIndex % ${row}u;`,
    `rows[localIndex] = ${addends((k) => `lanes[lane + ${k * row}u]`)};`,
    '}',
    'workgroupBarrier();',
    `if (localIndex < ${columns.length}u && ${condition}) {`,
    `let total = ${addends((k) => `rows[localIndex * ${row}u + ${k}u]`)};`,
    ...columns.map(({ to }, k) => `if (localIndex == ${k}u) { ${to} = total; }`),
    '}',
    ...workgroupSums(sums.slice(most), condition),
  ];
}

/** The sum of as many numbers as a power of two, pairwise. */
export function pairwise(texts: readonly string[]): string {
  if (texts.length === 1) return texts.join();
  const half = texts.length / 2;
  return `(${pairwise(texts.slice(0, half))} + ${pairwise(texts.slice(half))})`;
}
