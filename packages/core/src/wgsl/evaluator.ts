import { channelMembers, classMembers, isSelection, type Member } from '../expression/class-map.js';
import { applyOp, type Node, type NodeOf } from '../expression/node.js';
import { valuesRead } from '../expression/values-read.js';
import { type Extent, extentSize } from '../schedule/extent.js';
import type { Mixing } from '../schedule/loops.js';
import { tablesName, variableOf } from './shader.js';
import { literal, textOps } from './text-ops.js';

/** Statements, and the names that values have in them. */
export interface Block {
  readonly lines: string[];
  readonly known: Map<string, string>;
}

/** A block within another one, whose values it knows. */
export function nested(outer?: Block): Block {
  return { lines: [], known: new Map(outer?.known) };
}

/** What nodes are made of where an evaluator does not compute them. */
export interface Surroundings {
  readonly samples: number;
  readonly channels: number;
  readonly extentOf: (node: Node) => Extent;
  /**
   * A node as text, or as another node to be computed instead; undefined where it is to be computed.
   *
   * @param at - The channel or class, as text; that of the sample is `sample`.
   */
  readonly given: (node: Node, at: string) => string | Node | undefined;
}

/** Writes expressions down as statements. */
export interface Evaluator {
  /** The name of the value of a node at a channel or class; its statements are added to the block. */
  readonly value: (node: Node, at: string, block: Block) => string;
  /** The same of a node that is not looked for in the surroundings, as its arguments are. */
  readonly computed: (node: Node, at: string, block: Block) => string;
  /** Constants that the statements read from the buffer {@link tablesName}, as far as it was written. */
  readonly tables: () => readonly number[];
}

/** Makes the evaluator of a shader. */
export function evaluator({ samples, channels, extentOf, given }: Surroundings): Evaluator {
  const ids = new Map<Node, number>();
  const tables: number[] = [];
  const firsts = new Map<string, number>();
  let names = 0;
  // With a number a letter may be a type, as f32.
  const fresh = (word: string): string => `${word}_${names++}`;
  /** A number out of several constants. */
  const entry = (values: readonly number[], index: string): string => {
    const key = values.join();
    const first = firsts.get(key) ?? tables.length;
    if (!firsts.has(key)) for (const number of values) tables.push(number);
    firsts.set(key, first);
    return `${variableOf(tablesName)}[${first}u + ${index}]`;
  };
  const whole = (values: readonly number[], index: string): string =>
    `u32(${entry(values, index)})`;
  const sizeOf = (node: Node): number => extentSize(extentOf(node), channels);
  const count = ({ axis, args: [of] }: NodeOf<'count'>): string => {
    if (axis === 'voxel') return 'f32(uniforms.voxels)';
    return literal(axis === 'sample' ? samples : sizeOf(of));
  };

  const value = (node: Node, at: string, block: Block): string => {
    if (!ids.has(node)) ids.set(node, ids.size);
    const key = `${ids.get(node)} ${extentOf(node) === 'one' ? '' : at}`;
    const known = block.known.get(key);
    if (known !== undefined) return known;
    const found = given(node, at);
    const made =
      typeof found === 'string'
        ? named(found, block)
        : found === undefined
          ? computed(node, at, block)
          : value(found, at, block);
    block.known.set(key, made);
    return made;
  };
  const named = (text: string, block: Block): string => {
    const name = fresh('x');
    block.lines.push(`let ${name} = ${text};`);
    return name;
  };
  const computed = (node: Node, at: string, block: Block): string => {
    switch (node.op) {
      case 'const':
        return literal(node.value);
      case 'vector':
        return named(entry(node.values, at), block);
      case 'count':
        return count(node);
      case 'index':
        return node.axis === 'sample' ? 'f32(sample)' : `f32(${at})`;
      case 'toClass':
      case 'toChannel':
        return mapped(node, at, block);
      default: {
        const args = node.args.map((arg) => value(arg, at, block));
        return named(applyOp(textOps, node, args), block);
      }
    }
  };
  const mapped = (node: Mixing, at: string, block: Block): string => {
    const { map } = node;
    const [arg] = node.args;
    if (map.kind === 'all') return value(arg, at, block);
    const forth = node.op === 'toClass';
    if (map.kind === 'foreground') {
      if (forth) return value(arg, `(${at} + 1u)`, block);
      const shifted = value(arg, `(max(${at}, 1u) - 1u)`, block);
      return named(`select(${shifted}, 0f, ${at} == 0u)`, block);
    }
    const rows = (forth ? classMembers : channelMembers)(map, channels);
    if (forth && isSelection(map)) {
      const chosen = rows.flatMap((row) => row.map(({ channel }) => channel));
      return value(arg, whole(chosen, at), block);
    }
    return product(arg, rows, at, block);
  };
  /** A row of a sparse matrix times a column of values. */
  const product = (
    arg: Node,
    rows: readonly (readonly Member[])[],
    at: string,
    block: Block,
  ): string => {
    const counted = rows.map((row) => row.filter(({ factor }) => factor !== 0));
    const members = counted.flat();
    const starts = [0];
    let count = 0;
    for (const { length } of counted) {
      count += length;
      starts.push(count);
    }
    const places = members.map(({ channel }) => channel);
    const factors = members.map(({ factor }) => factor);
    const [total, place] = [fresh('total'), fresh('c')];
    const inner = nested(block);
    const addend = value(arg, whole(places, place), inner);
    block.lines.push(
      `var ${total} = 0f;`,
      `for (var ${place} = ${whole(starts, at)}; ${place} < ${whole(starts, `${at} + 1u`)}; ${place} = ${place} + 1u) {`,
      ...inner.lines,
      `${total} = ${total} + ${entry(factors, place)} * ${addend};`,
      '}',
    );
    return total;
  };
  return {
    value,
    computed,
    tables: () => tables,
  };
}

/** Whether the value of a node follows from sizes alone. */
export function isKnown(node: Node): boolean {
  if (node.op === 'input' || node.op === 'sum' || node.op === 'peak') return false;
  return valuesRead(node).every(isKnown);
}
