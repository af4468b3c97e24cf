import type { Node } from '../expression/node.js';
import { extentSize } from '../schedule/extent.js';
import { hasVoxels, type Loop } from '../schedule/loops.js';
import type { Sweep } from '../schedule/schedule.js';
import { evaluator, isKnown, nested } from './evaluator.js';
import { at, type Place } from './place.js';
import { groupsOf, mainOf, readsOf, type Shader, variableOf, workgroupSize } from './shader.js';
import { workgroupSums, workgroupSumsMemory } from './workgroup-sums.js';

/** What the shaders of a program are made for. Their number of voxels may be any. */
export interface ShaderShape {
  readonly samples: number;
  readonly channels: number;
  readonly layout: 'channelsFirst' | 'channelsLast';
}

/** Operands that sizes alone do not tell: a shader computes them before the sweep. */
export function computedOperands({ operands }: Sweep): Sweep['operands'] {
  return operands.filter(({ node }) => !isKnown(node));
}

/** The columns of a sweep's sums: the first of each, and how many there are. */
export function columnsOf(
  { sums }: Sweep,
  channels: number,
): { readonly firsts: ReadonlyMap<string, number>; readonly count: number } {
  let count = 0;
  const firsts = new Map<string, number>();
  for (const { name, extent } of sums) {
    firsts.set(name, count);
    count += extentSize(extent, channels);
  }
  return { firsts, count };
}

/**
 * Voxels that one invocation of a sweep sees: few, so that what a workgroup reads stays in the cache until its next
 * loop reads it again; several where their sums are to be added up, of which they share the cost.
 */
function voxelsEach({ gradient }: Sweep, channels: number): number {
  if (gradient !== undefined) return 1;
  return channels > 8 ? 2 : 4;
}

/**
 * The shader of a sweep: it leaves the sums of each workgroup, `[sample, column, group]`, or the gradient.
 *
 * An invocation has some voxels of one sample, see {@link voxelsEach}. Loops over channels are around those over its
 * voxels, so that what it keeps is a number per voxel, however many channels there are; a value per
 * channel is computed again where it is needed.
 *
 * @param operandPlace - Where the computed operands are.
 */
export function sweepShader(
  sweep: Sweep,
  shape: ShaderShape,
  operandPlace: (name: string) => Place,
): Shader {
  const { samples, channels, layout } = shape;
  const { extentOf, gradient } = sweep;
  if (gradient !== undefined && sweep.sums.length > 0)
    throw new TypeError('one result for a sweep');
  const isOne = (node: Node): boolean => extentOf(node) === 'one';
  const kept = new Set(
    sweep.steps.flatMap((step) =>
      step.kind === 'loop' ? [...step.keeps.filter(isOne), ...step.reduces] : [],
    ),
  );
  const keptNames = new Map([...kept].map((node, place) => [node, `k${place}`]));
  const operands = new Map(sweep.operands.map(({ name, node }) => [name, node]));
  const reads = new Set<string>();
  const address = (wide: boolean, channel: string): string => {
    if (!wide) return 'sample * uniforms.voxels + v';
    return layout === 'channelsLast'
      ? `(sample * uniforms.voxels + v) * ${channels}u + ${channel}`
      : `(sample * ${channels}u + ${channel}) * uniforms.voxels + v`;
  };
  const given = (node: Node, channel: string): string | Node | undefined => {
    const name = keptNames.get(node);
    if (name !== undefined) return `${name}[j]`;
    if (node.op !== 'input') return undefined;
    if (hasVoxels(node)) {
      reads.add(node.name);
      return `f32(${variableOf(node.name)}[${address(!isOne(node), channel)}])`;
    }
    const operand = operands.get(node.name);
    if (operand !== undefined && isKnown(operand)) return operand;
    const place = operandPlace(node.name);
    reads.add(place.buffer);
    return at(place, isOne(node) ? '0u' : channel);
  };
  const { value, computed, tables } = evaluator({ samples, channels, extentOf, given });
  const { firsts, count } = columnsOf(sweep, channels);
  const atOnce = Math.max(
    0,
    ...sweep.steps.map((step) => (step.kind === 'loop' ? step.sums.length : 0)),
  );
  const each = voxelsEach(sweep, channels);
  const groups = groupsOf(each);

  const loop = (step: Loop): readonly string[] => {
    const block = nested();
    const of = (node: Node): string => value(node, 'c', block);
    // What is kept is read from there by what comes after it.
    for (const node of step.keeps.filter(isOne)) {
      block.lines.push(`${keptNames.get(node)}[j] = ${computed(node, 'c', block)};`);
    }
    for (const node of step.reduces) {
      const name = `${keptNames.get(node)}[j]`;
      const next = of(node.args[0]);
      const both = node.op === 'sum' ? `${name} + ${next}` : `max(${name}, ${next})`;
      block.lines.push(`${name} = select(${both}, ${next}, c == 0u);`);
    }
    const sums = sweep.sums.filter(({ name }) => step.sums.includes(name));
    sums.forEach(({ node }, which) => {
      block.lines.push(`s${which} = s${which} + ${of(node)};`);
    });
    if (step.gradient && gradient) {
      block.lines.push(`result[${address(true, 'c')}] = ${of(gradient)};`);
    }
    // A matrix is computed where it is read, not from what its loop would keep.
    if (block.lines.length === 0) return [];
    return [
      `for (var c = 0u; c < ${extentSize(step.extent, channels)}u; c = c + 1u) {`,
      ...sums.map((_, which) => `var s${which} = 0f;`),
      `for (var j = 0u; j < ${each}u; j = j + 1u) {`,
      `let v = first + j * ${workgroupSize}u;`,
      'if (v < voxels) {',
      ...block.lines,
      '}',
      '}',
      ...workgroupSums(
        sums.map(({ name }, which) => ({
          value: `s${which}`,
          to: `result[(sample * ${count}u + ${firsts.get(name) ?? 0}u + c) * uniforms.groups + group]`,
        })),
        `sample < ${samples}u`,
      ),
      '}',
    ];
  };

  const lines = [
    `let sample = u32(index) / ${workgroupSize}u / uniforms.groups;`,
    `let group = u32(index) / ${workgroupSize}u % uniforms.groups;`,
    `let first = group * ${workgroupSize * each}u + localIndex;`,
    // There may be more workgroups than there is work for.
    `let voxels = select(0u, uniforms.voxels, sample < ${samples}u);`,
    ...[...keptNames.values()].map((name) => `var ${name} : array<f32, ${each}>;`),
    ...sweep.steps.flatMap((step) => (step.kind === 'loop' ? loop(step) : [])),
  ];
  return {
    code: [...(count > 0 ? [workgroupSumsMemory(atOnce)] : []), mainOf(lines)].join('\n'),
    reads: readsOf(reads, tables()),
    tables: tables(),
    groups,
    workgroups: (voxels) => samples * groups(voxels),
    size: (voxels) =>
      gradient === undefined ? samples * count * groups(voxels) : samples * channels * voxels,
  };
}
