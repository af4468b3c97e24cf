import { builder } from '../expression/builder.js';
import type { Node } from '../expression/node.js';
import { coefficientInput, type Program, statisticInput } from '../program/program.js';
import { type Extent, extentSize, extents } from '../schedule/extent.js';
import type { Schedule, Sweep } from '../schedule/schedule.js';
import { gridShader } from './grid-shader.js';
import type { Place } from './place.js';
import type { Shader } from './shader.js';
import { partsName, sumShader } from './sum-shader.js';
import { columnsOf, computedOperands, type ShaderShape, sweepShader } from './sweep-shader.js';

/** A shader, and the buffer that its result is for those after it. */
export interface ShaderStep {
  readonly shader: Shader;
  readonly to: string;
}

/** A part of the result of {@link Shaders.head}. */
export interface HeadPart {
  readonly first: number;
  readonly shape: readonly number[];
}

/** A program as compute shaders, which read the buffers `prediction`, `target` and `mask`. */
export interface Shaders {
  /** They leave voxel sums, in the buffers {@link sums}. */
  readonly forward: readonly ShaderStep[];
  readonly sums: readonly string[];
  /** Reads the sums and computes the loss alone, which is in its result at {@link lossPart}. */
  readonly loss: Shader;
  readonly lossPart: HeadPart;
  /** Reads the sums and computes all that the program's head says of them, and its statistics. */
  readonly head: Shader;
  /** Where a node of the program's head is in the result of {@link head}. */
  readonly headPart: (node: Node) => HeadPart;
  /** Where the statistics are there, by name. */
  readonly statistics: Readonly<Record<string, HeadPart>>;
  /** They read the sums, and `cotangent` with the shape of the loss; the last result is the gradient. */
  readonly backward: readonly ShaderStep[];
  /** The same for a cotangent of ones, which is not read. */
  readonly backwardOfOnes: readonly ShaderStep[];
}

/** Makes the shaders of a program. */
export function shadersOf(program: Program, schedule: Schedule, shape: ShaderShape): Shaders {
  const { samples, channels } = shape;
  const { loss, terms, coefficients } = program.head;
  const places = new Map<string, Place>();
  const nodes = new Map<string, Node>();
  const extentsGiven = new Map<string, Extent>();
  const extentOf = extents(extentsGiven);
  const input = (name: string): Place | Node =>
    places.get(name) ?? nodes.get(name) ?? missing(name);
  const grid = { samples, channels, extentOf, input };
  const define = (name: string, node: Node): void => {
    nodes.set(name, node);
    extentsGiven.set(name, extentOf(node));
  };
  let swept = 0;
  const stepsOf = (sweep: Sweep): readonly ShaderStep[] => {
    const computed = computedOperands(sweep);
    const wanted = computed.map(({ node }) => node);
    const operands = gridShader('operands', wanted, grid);
    const shader = sweepShader(sweep, shape, (name) => {
      const at = computed.findIndex((operand) => operand.name === name);
      return operands.places[at] ?? missing(name);
    });
    const before = wanted.length > 0 ? [{ shader: operands, to: 'operands' }] : [];
    if (sweep.gradient !== undefined) return [...before, { shader, to: 'gradient' }];
    const buffer = `sums${swept++}`;
    const { firsts, count } = columnsOf(sweep, channels);
    for (const { name, extent } of sweep.sums) {
      places.set(name, { buffer, first: firsts.get(name) ?? missing(name), stride: count });
      extentsGiven.set(name, extent);
    }
    const sum = { shader: sumShader(samples * count, shader.groups), to: buffer };
    return [...before, { shader, to: partsName }, sum];
  };

  const forward = schedule.forward.flatMap(stepsOf);
  const sums = forward.map(({ to }) => to).filter((to) => to.startsWith('sums'));
  for (const { name, node } of schedule.statistics) define(statisticInput(name), node);
  const said = [
    ...new Set([
      loss,
      ...terms.flatMap((term) => [term.loss, term.scores]),
      ...schedule.statistics.map(({ node }) => node),
    ]),
  ];
  const head = gridShader('head', said, grid);
  const partAt = (node: Node, place: Place | undefined): HeadPart => {
    const sizes = node.axes.map((axis) =>
      axis === 'sample' ? samples : extentSize(extentOf(node), channels),
    );
    return { first: place?.first ?? missing(node.op), shape: sizes };
  };
  const parts = new Map(said.map((node, at) => [node, partAt(node, head.places[at])]));
  const headPart = (node: Node): HeadPart => parts.get(node) ?? missing(node.op);

  const lossShader = gridShader('loss', [loss], grid);

  extentsGiven.set('cotangent', extentOf(loss));
  for (const { name, node } of coefficients) define(coefficientInput(name), node);
  nodes.set('cotangent', builder().real(1));
  const backwardOfOnes = schedule.backward.flatMap(stepsOf);
  const inner = extentSize(extentOf(loss), channels);
  const stride = loss.axes.includes('sample') ? inner : 0;
  places.set('cotangent', { buffer: 'cotangent', first: 0, stride });
  return {
    forward,
    sums,
    loss: lossShader,
    lossPart: partAt(loss, lossShader.places[0]),
    head,
    headPart,
    statistics: Object.fromEntries(
      schedule.statistics.map(({ name, node }) => [name, headPart(node)]),
    ),
    backward: schedule.backward.flatMap(stepsOf),
    backwardOfOnes,
  };
}

function missing(name: string): never {
  throw new TypeError(`${name} has no place`);
}
