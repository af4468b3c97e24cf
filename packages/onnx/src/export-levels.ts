import {
  type CompiledLevel,
  compileLevels,
  type LevelsSpec,
  levelsPlanOf,
  type Node,
} from '@softdice/core';
import { docOf, lossName } from './describe.js';
import { computedTypes } from './dtype.js';
import { emissionOf } from './emission.js';
import { emittedValue } from './emitted-value.js';
import { gradientOutput } from './gradient-output.js';
import type { Graph, Port } from './graph.js';
import { type GraphBuilder, graphBuilder } from './graph-builder.js';
import { completeLevelsOptions, type LevelsExportOptions } from './levels-options.js';
import { modelBytes } from './model.js';
import { namesOf } from './names.js';
import { nearest } from './nearest.js';
import { onnxOps } from './ops.js';
import type { CompleteOptions } from './options.js';
import { inputValue, squeezed } from './placement.js';
import { inputPorts, outputPort } from './ports.js';
import { levelsMetadata } from './read-spec.js';
import type { Value } from './value.js';

/**
 * Writes deep supervision as one ONNX model of standard operators: `loss = Σ weight · loss of a level`.
 *
 * Inputs: `prediction.0`, the finest, `prediction.1` and so on, each as {@link exportLoss} takes it;
 * with targets 'nearest' `target`, and `mask` where the losses take one, of any sizes; with targets
 * 'given' `target.0`, `mask.0` and so on. Outputs: `loss`, `[]`; `gradient.0` and so on, the
 * derivatives of the loss by each prediction, of its shape.
 *
 * The model carries the plan, see {@link readLevels}. The same spec and options give the same bytes.
 *
 * @param spec - Deep supervision.
 * @param options - Spatial rank, and what differs from the defaults.
 * @throws SpecError - listing every violation of the spec.
 * @throws InputError - listing every option that is unknown, not allowed or does not fit the spec.
 *
 * @example
 * ```ts
 * const loss = dice({ target: 'labels', activation: 'softmax' });
 * const bytes = exportLevels(deepSupervision(loss, levelWeights.exp(3)), { spatialRank: 2 });
 * ```
 */
export function exportLevels(spec: LevelsSpec, options: LevelsExportOptions): Uint8Array {
  const plan = levelsPlanOf(spec);
  const complete = completeLevelsOptions(plan, options);
  const levels = compileLevels(plan, { spatialRank: complete.spatialRank });
  const graph = levelsGraph(levels, plan.targets, complete);
  const { opset, form } = complete;
  return modelBytes(graph, {
    opset,
    form,
    name: `${[...new Set(plan.levels.map(({ loss }) => lossName(loss)))].join('And')}OfLevels`,
    doc: levels
      .map(({ weight, program }, at) => `level ${at}, weight ${weight}\n${docOf(program)}`)
      .join('\n\n'),
    metadata: levelsMetadata(plan, complete),
  });
}

function levelsGraph(
  levels: readonly CompiledLevel[],
  targets: 'nearest' | 'given',
  options: CompleteOptions,
): Graph {
  const inputs = levels.map(({ program }, at) =>
    levelPorts(inputPorts(program, options), at, targets),
  );
  const outputs = options.outputs.flatMap((output) =>
    output === 'gradient' ? levels.map((_, at) => `gradient.${at}`) : [output],
  );
  // A shared target is the same port for each level.
  const ports = new Map(inputs.flat().map(({ port }) => [port.name, port]));
  const graph = graphBuilder([...ports.keys(), ...outputs]);
  for (const port of ports.values()) graph.input(port);
  const parts = levels.map((level, at) => emitted(graph, level, at, inputs[at] ?? [], options));
  const lossOutput = (): readonly LevelOutput[] => {
    const doc = 'The sum over the levels of weight times loss.';
    const type = computedTypes[options.dtype];
    const tensor = parts
      .map((part) => part.loss())
      .reduce((sum, part, at) => graph.node('Add', [sum, part], `sum.${at}`));
    return [{ port: { name: 'loss', type, dims: [], doc }, tensor }];
  };
  // As in the graph of one loss, that of the sum comes last.
  const has = (output: 'loss' | 'gradient'): boolean => options.outputs.includes(output);
  const gradients = has('gradient') ? parts.map((part) => part.gradient()) : [];
  const loss = has('loss') ? lossOutput() : [];
  for (const output of options.outputs) {
    for (const { port, tensor } of output === 'loss' ? loss : gradients) graph.output(port, tensor);
  }
  return graph.build();
}

/** A tensor that becomes an output. */
interface LevelOutput {
  readonly port: Port;
  readonly tensor: string;
}

/** What a level reads: a tensor of the graph, perhaps of other sizes. */
interface LevelPort {
  readonly input: string;
  readonly port: Port;
  readonly isResized: boolean;
}

function levelPorts(
  ports: readonly Port[],
  level: number,
  targets: 'nearest' | 'given',
): readonly LevelPort[] {
  return ports.map((port) => {
    const isResized = targets === 'nearest' && port.name !== 'prediction';
    const suffix = isResized ? '' : `.${level}`;
    const dims = ownSizes(port.dims, isResized ? ' of the target' : suffix);
    return { input: port.name, port: { ...port, name: port.name + suffix, dims }, isResized };
  });
}

/** Levels have sizes of their own, and so does a target that they share; equal names are equal sizes. */
function ownSizes(dims: Port['dims'], whose: string): Port['dims'] {
  return dims.map((size) => (typeof size === 'string' ? `${size}${whose}` : size));
}

/** What a level adds to the graph where it is wanted. */
interface Emitted {
  /** The loss times its weight. */
  readonly loss: () => string;
  readonly gradient: () => LevelOutput;
}

/** The program of a level in the graph. */
function emitted(
  graph: GraphBuilder,
  { weight, program }: CompiledLevel,
  level: number,
  ports: readonly LevelPort[],
  options: CompleteOptions,
): Emitted {
  const prediction = `prediction.${level}`;
  const emission = emissionOf(graph, options, prediction, program.plan);
  const name = namesOf(program, new Set());
  const { loss, gradient } = program.whole;
  const roots = [loss, gradient];
  const ops = onnxOps(emission, (node) => `${level}/${name(node)}`, roots);
  const factor = graph.constant(emission.real, [], [weight]);
  const given = (input: string): Value | undefined => {
    // The gradient is that of weight times loss.
    if (input === 'cotangent') return { name: factor, axes: [], rank: 0, constant: weight };
    const read = ports.find((one) => one.input === input);
    if (read === undefined) return undefined;
    const { name: tensor, type, dims } = read.port;
    const hasChannelsSecond =
      dims.length > options.spatialRank + 1 && options.layout === 'channelsFirst';
    const resized = (): string => nearest(emission, tensor, hasChannelsSecond ? 2 : 1, prediction);
    return inputValue(
      emission,
      program,
      { name: input, type },
      read.isResized ? resized() : tensor,
    );
  };
  const computed = (node: Node): Value => emittedValue(ops, given, node);
  return {
    loss: () => {
      const scalar = squeezed(emission, computed(loss), `${level}/loss/squeezed`);
      return graph.node('Mul', [scalar, factor], `${level}/weighted`);
    },
    gradient: () => {
      const output = `gradient.${level}`;
      const port = outputPort(program, options, output, gradient);
      const tensor = gradientOutput(emission, ops, given, gradient, port);
      return { port: { ...port, dims: ownSizes(port.dims, `.${level}`) }, tensor };
    },
  };
}
