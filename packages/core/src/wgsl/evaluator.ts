import { channelMembers, classMembers, isSelection, type Member } from '../expression/class-map.js';
import { applyOp, type Node, type NodeOf } from '../expression/node.js';
import { valuesRead } from '../expression/values-read.js';
import { type Extent, extentSize } from '../schedule/extent.js';
import type { Mixing } from '../schedule/loops.js';
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
  /** Constants of the module that the statements read. */
  readonly constants: () => readonly string[];
}

/** Makes the evaluator of a shader. */
export function evaluator({ samples, channels, extentOf, given }: Surroundings): Evaluator {
  const ids = new Map<Node, number>();
  const constants = new Map<string, string>();
  let names = 0;
  // With a number a letter may be a type, as f32.
  const fresh = (word: string): string => `${word}_${names++}`;
  const table = (type: 'f32' | 'u32', values: readonly number[]): string => {
    const texts = values.map((value) => (type === 'f32' ? literal(value) : `${value}u`));
    const text = `array<${type}, ${values.length}>(${texts.join(', ')})`;
    const name = constants.get(text) ?? fresh('table');
    constants.set(text, name);
    return name;
  };
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
        return named(`${table('f32', node.values)}[${at}]`, block);
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
      return value(arg, `${table('u32', chosen)}[${at}]`, block);
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
    const lengths = counted.map(({ length }) => length);
    const starts = [0, ...lengths].map((_, row) =>
      lengths.slice(0, row).reduce((a, b) => a + b, 0),
    );
    const of = table(
      'u32',
      members.map(({ channel }) => channel),
    );
    const factors = table(
      'f32',
      members.map(({ factor }) => factor),
    );
    const bounds = table('u32', starts);
    const [total, place] = [fresh('total'), fresh('c')];
    const inner = nested(block);
    const addend = value(arg, `${of}[${place}]`, inner);
    block.lines.push(
      `var ${total} = 0f;`,
      `for (var ${place} = ${bounds}[${at}]; ${place} < ${bounds}[${at} + 1u]; ${place} = ${place} + 1u) {`,
      ...inner.lines,
      `${total} = ${total} + ${factors}[${place}] * ${addend};`,
      '}',
    );
    return total;
  };
  return {
    value,
    computed,
    constants: () => [...constants].map(([text, name]) => `const ${name} = ${text};`),
  };
}

/** Whether the value of a node follows from sizes alone. */
export function isKnown(node: Node): boolean {
  if (node.op === 'input' || node.op === 'sum' || node.op === 'peak') return false;
  return valuesRead(node).every(isKnown);
}
