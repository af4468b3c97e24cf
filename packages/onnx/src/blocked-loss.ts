import {
  type Carried,
  carriedName,
  carriedOf,
  coefficientInput,
  execute,
  inOrder,
  type Node,
  type Program,
  statisticInput,
} from '@softdice/core';
import { blockRuns } from './block-runs.js';
import { emissionOf } from './emission.js';
import type { Graph } from './graph.js';
import { graphBuilder } from './graph-builder.js';
import { type Blocked, blockDims, inBlocks } from './in-blocks.js';
import { joinedBlocks, totalOfBlocks } from './joined-blocks.js';
import { lossMetrics } from './loss-metrics.js';
import { type Names, partNamesOf } from './names.js';
import { onnxOps } from './ops.js';
import type { CompleteOptions } from './options.js';
import { cotangentOf, inputValue, likePrediction, squeezed } from './placement.js';
import { inputPorts, outputNodes, outputPort, voxelPorts } from './ports.js';
import type { Emission, Value } from './value.js';

/** Values of the inputs of expressions. */
type Lookup = (input: string) => Value | undefined;

/** Adds expressions to a graph. */
type Emit = (emission: Emission, given: Lookup, nodes: readonly Node[]) => readonly Value[];

/**
 * The graph of a loss whose voxels are computed block by block.
 *
 * ```
 * blocks of prediction, target, mask ─ Scan ─→ sums of each, activation
 * sums ─→ statistics ─ head ─→ loss, scores, coefficients
 * blocks, activation, coefficients ─ Scan ─→ gradient of each ─→ gradient
 * ```
 */
export function blockedGraph(program: Program, options: CompleteOptions, blockSize: number): Graph {
  const inputs = inputPorts(program, options);
  const outputs = outputNodes(program, options);
  const names = new Set([...outputs.map(({ name }) => name), 'metrics']);
  const graph = graphBuilder([...inputs.map(({ name }) => name), ...names]);
  for (const port of inputs) graph.input(port);
  const emission = emissionOf(graph, options, 'prediction', program.plan);
  const ports = voxelPorts(program, options);
  const runs = blockRuns(emission, blockSize);
  const blocked: Blocked = { emission, program, ports, runs };
  // Without a gradient nothing reads what is carried.
  const carried = options.outputs.includes('gradient') ? carriedOf(program) : undefined;
  const passes = { ...program, ...carried };
  const emit = emitter(partNamesOf(passes, names));
  const { head } = program;
  const read = new Set(statisticsRead(program, options));
  const statistics = passes.statistics.filter(({ name }) => read.has(name));
  const { totals, left } = forward(blocked, { ...passes, statistics }, emit);
  const ofHead: Lookup = (input) => {
    if (input !== 'cotangent') return totals.get(input);
    return cotangentOf(emission, options.cotangent, head.loss, headValue);
  };
  const headValue = (node: Node): Value => only(emit(emission, ofHead, [node]));
  const shown = (name: string, node: Node): string => {
    if (node === program.whole.gradient) {
      const factors = new Map(
        head.coefficients.map((each) => [coefficientInput(each.name), headValue(each.node)]),
      );
      const given: Lookup = (input) => factors.get(input);
      return backward(blocked, passes, options, emit, given, left);
    }
    const scores = head.terms[0]?.scores ?? head.loss;
    const value =
      totals.get(statisticInput(name)) ?? headValue(name === 'scores' ? scores : head.loss);
    return squeezed(emission, value, `${name}/squeezed`);
  };
  for (const output of options.outputs) {
    if (output === 'metrics') {
      lossMetrics(emission, program.plan, options, (input) => {
        const port = ports.find(({ name }) => name === input);
        return port && inputValue(emission, program, port, input);
      });
    }
    for (const { name, node } of outputNodes(program, { outputs: [output] })) {
      graph.output(outputPort(program, options, name, node), shown(name, node));
    }
  }
  return graph.build();
}

/** The names of the statistics that the outputs need. */
function statisticsRead(
  { head, statistics }: Program,
  { outputs }: CompleteOptions,
): readonly string[] {
  const has = (output: CompleteOptions['outputs'][number]): boolean => outputs.includes(output);
  const scores = head.terms.slice(0, 1).map((term) => term.scores);
  const roots = [
    ...(has('loss') ? [head.loss] : []),
    ...(has('scores') ? scores : []),
    ...(has('gradient') ? head.coefficients.map(({ node }) => node) : []),
  ];
  const inputs = new Set(inOrder(roots).map((node) => (node.op === 'input' ? node.name : '')));
  return statistics
    .filter(({ name }) => has('statistics') || inputs.has(statisticInput(name)))
    .map(({ name }) => name);
}

function emitter(nameOf: Names): Emit {
  return (emission, given, nodes) => execute(onnxOps(emission, nameOf, nodes), nodes, given);
}

/** The statistics, by the inputs that stand for them, and what is left to the backward pass. */
function forward(
  blocked: Blocked,
  { statistics, value: carried }: Program & Partial<Carried>,
  emit: Emit,
): {
  readonly totals: ReadonlyMap<string, Value>;
  readonly left: { readonly node: Node; readonly stacked: string } | undefined;
} {
  const { emission } = blocked;
  const named = [
    ...statistics,
    ...(carried === undefined ? [] : [{ name: carriedName, node: carried }]),
  ];
  const sums: Value[] = [];
  const stacked = inBlocks(blocked, (body) => {
    const nodes = named.map(({ node }) => node);
    sums.push(...emit(body.emission, body.given, nodes));
    return sums.map(({ name: tensor, axes, rank }, at) => {
      const dims = rank === 0 ? [] : blockDims(axes);
      return { port: { name: named[at]?.name ?? '', type: emission.real, dims }, tensor };
    });
  });
  const totals = statistics.flatMap(({ name }, at) => {
    const [sum, stack] = [sums[at], stacked[at]];
    if (sum === undefined || stack === undefined) return [];
    return [[statisticInput(name), totalOfBlocks(emission, sum, stack, name)] as const];
  });
  const last = stacked.at(-1);
  const left =
    carried === undefined || last === undefined ? undefined : { node: carried, stacked: last };
  return { totals: new Map(totals), left };
}

/** The gradient in the shape of the prediction. */
function backward(
  blocked: Blocked,
  program: Program,
  options: CompleteOptions,
  emit: Emit,
  coefficients: Lookup,
  left: { readonly node: Node; readonly stacked: string } | undefined,
): string {
  const { pullback, whole } = program;
  const port = outputPort(program, { ...options, spatialRank: 1 }, 'gradient', whole.gradient);
  // The voxels of a block are not those of the inputs.
  const dims = port.dims.map((size) => (size === 'D1' ? 'B' : size));
  const stacked = inBlocks(
    blocked,
    (body) => {
      const given: Lookup = (input) => coefficients(input) ?? body.given(input);
      const value = only(emit(body.emission, given, [pullback]));
      const tensor = likePrediction(body.emission, value, pullback.axes, port);
      return [{ port: { ...port, dims }, tensor }];
    },
    left,
  );
  return joinedBlocks(blocked.emission, only(stacked), 'gradient');
}

function only<T>([value]: readonly T[]): T {
  if (value === undefined) throw new TypeError('nothing was emitted');
  return value;
}
