import type { Node } from '../expression/node.js';
import { valuesRead } from '../expression/values-read.js';
import { type Extent, extentSize } from '../schedule/extent.js';
import type { Reduction } from '../schedule/loops.js';
import { type Block, evaluator, nested } from './evaluator.js';
import { at, type Place } from './place.js';
import { mainOf, readsOf, type Shader, workgroupSize } from './shader.js';

/** Values without voxels, and what they are made of. */
export interface Grid {
  readonly samples: number;
  readonly channels: number;
  readonly extentOf: (node: Node) => Extent;
  /** Where an input lies, or the node that it stands for. */
  readonly input: (name: string) => Place | Node;
}

/** A shader of which the result holds several values. */
export interface GridShader extends Shader {
  /** Where each of the wanted nodes is. */
  readonly places: readonly Place[];
}

/** Numbers staged in the memory of the workgroup, of which every device has 4096; more go into the result. */
const mostStaged = 1024;

/**
 * The shader of values without voxels: one workgroup, which computes sums and maxima over samples and
 * classes one after the other, then what is wanted, each into its part of the result.
 *
 * @param buffer - What the result is called where it is read.
 */
export function gridShader(buffer: string, wanted: readonly Node[], grid: Grid): GridShader {
  const { samples, channels, extentOf, input } = grid;
  const done = new Map<Node, Place>();
  const reads = new Set<string>();
  const given = (node: Node, element: string): string | Node | undefined => {
    const earlier = done.get(node);
    const found = earlier ?? (node.op === 'input' ? input(node.name) : undefined);
    if (found === undefined || !('buffer' in found)) return found;
    if (found !== earlier) reads.add(found.buffer);
    return at(found, extentOf(node) === 'one' ? '0u' : element);
  };
  const { value, tables } = evaluator({ samples, channels, extentOf, given });
  const sizeOf = (node: Node): number => extentSize(extentOf(node), channels);
  const lines: string[] = [];
  const sizes = { result: 0, staged: 0 };
  /** Computes a value for each sample and class. */
  const stage = (node: Node, compute: (block: Block) => string): Place => {
    const [outer, inner] = [node.axes.includes('sample') ? samples : 1, sizeOf(node)];
    const fits = sizes.staged + outer * inner <= mostStaged;
    const buffer = fits && !wanted.includes(node) ? 'staged' : 'result';
    const place = { buffer, first: sizes[buffer], stride: outer > 1 ? inner : 0 };
    sizes[buffer] += outer * inner;
    const block = nested();
    const result = compute(block);
    lines.push(
      `for (var i = localIndex; i < ${outer * inner}u; i = i + ${workgroupSize}u) {`,
      `let sample = i / ${inner}u;`,
      `let c = i % ${inner}u;`,
      ...block.lines,
      `${buffer}[${place.first}u + i] = ${result};`,
      '}',
      buffer === 'staged' ? 'workgroupBarrier();' : 'storageBarrier();',
    );
    return place;
  };
  const reduced =
    (node: Reduction) =>
    (block: Block): string => {
      const [arg] = node.args;
      const inner = nested();
      const next = value(arg, 'c', inner);
      const overSamples = node.over.includes('sample');
      const overClasses = node.over.some((axis) => axis !== 'sample');
      // Names within the loops hide those around them.
      const loops = [
        ...(overSamples
          ? [`for (var sample = 0u; sample < ${samples}u; sample = sample + 1u) {`]
          : []),
        ...(overClasses ? [`for (var c = 0u; c < ${sizeOf(arg)}u; c = c + 1u) {`] : []),
      ];
      block.lines.push(
        `var total = ${node.op === 'sum' ? '0f' : '-3.4028234e38f'};`,
        ...loops,
        ...inner.lines,
        node.op === 'sum' ? `total = total + ${next};` : `total = max(total, ${next});`,
        ...loops.map(() => '}'),
      );
      return 'total';
    };
  const visited = new Set<Node>();
  const visit = (node: Node): void => {
    if (visited.has(node)) return;
    visited.add(node);
    const instead = node.op === 'input' ? input(node.name) : undefined;
    if (instead !== undefined && !('buffer' in instead)) visit(instead);
    for (const arg of valuesRead(node)) visit(arg);
    if (node.op === 'sum' || node.op === 'peak') done.set(node, stage(node, reduced(node)));
  };
  wanted.forEach(visit);
  const places = wanted.map((node) => {
    const place = done.get(node) ?? stage(node, (block) => value(node, 'c', block));
    done.set(node, place);
    return { ...place, buffer };
  });
  return {
    code: [
      ...(sizes.staged > 0 ? [`var<workgroup> staged : array<f32, ${sizes.staged}>;`] : []),
      mainOf(lines),
    ].join('\n'),
    reads: readsOf(reads, tables()),
    tables: tables(),
    groups: () => 1,
    workgroups: () => 1,
    size: () => sizes.result,
    places,
  };
}
