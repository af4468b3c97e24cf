import {
  compile,
  execute,
  type LossSpec,
  type Named,
  type Node,
  type Program,
  planOf,
} from '@softdice/core';
import { blockedGraph } from './blocked-loss.js';
import { completeOptions } from './complete-options.js';
import { docOf, lossName } from './describe.js';
import { emissionOf } from './emission.js';
import { emittedValue } from './emitted-value.js';
import { gradientOutput } from './gradient-output.js';
import type { Graph, Port } from './graph.js';
import { graphBuilder } from './graph-builder.js';
import { lossMetrics } from './loss-metrics.js';
import { modelBytes } from './model.js';
import { namesOf } from './names.js';
import { onnxOps } from './ops.js';
import type { CompleteOptions, ExportOptions } from './options.js';
import { cotangentOf, inputValue, squeezed } from './placement.js';
import { inputPorts, outputNodes, outputPort } from './ports.js';
import { planMetadata } from './read-spec.js';
import type { Value } from './value.js';

/**
 * Writes a loss as an ONNX model of standard operators, which any inference runtime executes.
 *
 * Inputs, in the layout of the options, here channels first: `prediction` `[N, C, ...spatial]`;
 * `target`, integers `[N, ...spatial]` for 'labels', else `[N, C, ...spatial]`; `mask`
 * `[N, 1, ...spatial]`, or `[N, C, ...spatial]` for 'channel-mask', where the spec takes one;
 * `cotangent` where the options ask for it. All sizes are free.
 *
 * Outputs: `loss`, `[]` or the grid of samples and classes where the loss is not reduced; `gradient`,
 * the shape of `prediction`; `scores` of the first term on its grid; one output per statistic, named
 * by term and symbol, such as `dice.I`, `[N, classes]` or `[classes]`; `metrics`, the hard score of each
 * class over the batch, see `metricOf`.
 *
 * Element types are those of the option `dtype`. With 'float16', prediction, mask, gradient and targets
 * that are no labels are half precision; everything is computed in float32, and `loss`, `scores`,
 * statistics and `cotangent` are float32. Half precision has no number below 6e-8, and a gradient of many
 * voxels is smaller than that: give a cotangent that scales it up.
 *
 * The model carries the plan, see {@link readSpec}, and its formula as documentation. The same spec and
 * options give the same bytes. The values of the inputs are not checked, the sizes only as far as the
 * runtime does.
 *
 * @param spec - The loss.
 * @param options - Spatial rank, and what differs from the defaults.
 * @throws SpecError - listing every violation of the spec.
 * @throws InputError - listing every option that is unknown, not allowed or does not fit the spec.
 *
 * @example
 * ```ts
 * const spec = dice({ target: 'labels', activation: 'softmax' });
 * const bytes = exportLoss(spec, { spatialRank: 2, outputs: ['loss', 'gradient', 'scores'] });
 * ```
 */
export function exportLoss(spec: LossSpec, options: ExportOptions): Uint8Array {
  const plan = planOf(spec);
  const complete = completeOptions(plan, options);
  const program = compile(plan, complete);
  const { opset, form } = complete;
  const { blockSize } = complete;
  const graph =
    blockSize === 'all' ? lossGraph(program, complete) : blockedGraph(program, complete, blockSize);
  return modelBytes(graph, {
    opset,
    form,
    name: lossName(plan),
    doc: docOf(program),
    metadata: planMetadata(plan, complete),
  });
}

/** The graph of a loss. */
export function lossGraph(program: Program, options: CompleteOptions): Graph {
  const inputs = inputPorts(program, options);
  const outputs = outputNodes(program, options);
  const names = [...outputs.map(({ name }) => name), 'metrics'];
  const graph = graphBuilder([...inputs.map(({ name }) => name), ...names]);
  const emission = emissionOf(graph, options, 'prediction', program.plan);
  const nodes = outputs.map(({ node }) => node);
  const ops = onnxOps(emission, namesOf(program, new Set(names)), nodes);
  for (const port of inputs) graph.input(port);
  const given = (input: string): Value | undefined => {
    if (input === 'cotangent') {
      const computed = (node: Node): Value => emittedValue(ops, given, node);
      return cotangentOf(emission, options.cotangent, program.whole.loss, computed);
    }
    const port = inputs.find(({ name }) => name === input);
    return port && inputValue(emission, program, port, input);
  };
  const computed = execute(ops, nodes, given);
  const values = new Map(nodes.map((node, at) => [node, computed[at]]));
  const tensorOf = ({ name, node }: Named): readonly [Port, string] | undefined => {
    const value = values.get(node);
    if (value === undefined) return undefined;
    const port = outputPort(program, options, name, node);
    return node === program.whole.gradient
      ? [port, gradientOutput(emission, ops, given, node, port)]
      : [port, squeezed(emission, value, `${name}/squeezed`)];
  };
  // onnxruntime begins with what its last node needs: the loss, so that the gradient finds all that is shared.
  const tensors = new Map(outputs.toReversed().map((output) => [output.name, tensorOf(output)]));
  for (const output of options.outputs) {
    if (output === 'metrics') lossMetrics(emission, program.plan, options, given);
    for (const { name } of outputNodes(program, { outputs: [output] })) {
      const found = tensors.get(name);
      if (found !== undefined) graph.output(...found);
    }
  }
  return graph.build();
}
