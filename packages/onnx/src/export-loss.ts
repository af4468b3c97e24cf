import { compile, execute, type LossSpec, type Program, planOf } from '@softdice/core';
import { type Graph, graphBuilder } from './graph.js';
import { modelBytes } from './model.js';
import { namesOf } from './names.js';
import { onnxOps } from './ops.js';
import {
  type CompleteOptions,
  comparedAs,
  completeOptions,
  type ExportOptions,
} from './options.js';
import { expanded, inputValue, likePrediction, one, ones, squeezed } from './placement.js';
import { inputPorts, outputNodes, outputPort } from './ports.js';
import { planMetadata } from './read-spec.js';
import type { Emission, Value } from './value.js';

/**
 * Writes a loss as an ONNX model of standard operators, which any inference runtime executes.
 *
 * Inputs, channels first: `prediction` float32 `[N, C, ...spatial]`; `target`, integers
 * `[N, ...spatial]` for 'labels', else float32 `[N, C, ...spatial]`; `mask` float32
 * `[N, 1, ...spatial]`, or `[N, C, ...spatial]` for 'channel-mask', where the spec takes one;
 * `cotangent` where the options ask for it. All sizes are free.
 *
 * Outputs: `loss`, `[]` or the grid of samples and classes where the loss is not reduced; `gradient`,
 * the shape of `prediction`; `scores` of the first term on its grid; one output per statistic, named
 * by term and symbol, such as `dice.I`, `[N, classes]` or `[classes]`.
 *
 * The model carries the plan, see {@link readSpec}. The same spec and options give the same bytes.
 * The values of the inputs are not checked, the sizes only as far as the runtime does.
 *
 * @param spec - The loss.
 * @param options - Spatial rank, and what differs from the defaults.
 * @throws SpecError - listing every violation of the spec.
 * @throws InputError - listing every option that is unknown, not allowed or does not fit the spec, or
 *   every constant of the spec that float32 cannot hold.
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
  const graph = lossGraph(program, complete);
  return modelBytes(graph, complete.opset, planMetadata(plan));
}

/** The graph of a loss. */
function lossGraph(program: Program, options: CompleteOptions): Graph {
  const { spatialRank } = options;
  const inputs = inputPorts(program, options);
  const outputs = outputNodes(program, options);
  const names = outputs.map(({ name }) => name);
  const graph = graphBuilder([...inputs.map(({ name }) => name), ...names]);
  const emission: Emission = {
    graph,
    spatialRank,
    opset: options.opset,
    integers: comparedAs(options.labels),
    prediction: 'prediction',
  };
  const ops = onnxOps(emission, namesOf(program, new Set(names)));
  for (const port of inputs) graph.input(port);
  const [prediction] = program.inputs;
  const given = (input: string): Value | undefined => {
    if (input === 'cotangent') {
      const { loss } = program.whole;
      if (options.cotangent === 'input') return expanded(emission, input, loss.axes);
      if (loss.axes.length === 0) return one(emission);
      const [cells] = execute(ops, [loss], given);
      return cells && ones(emission, cells);
    }
    return inputValue(emission, program, input, input, options.labels);
  };
  const values = execute(
    ops,
    outputs.map(({ node }) => node),
    given,
  );
  outputs.forEach(({ name, node }, at) => {
    const value = values[at];
    if (value === undefined) return;
    const tensor =
      node === program.whole.gradient
        ? likePrediction(emission, value, prediction?.axes ?? [], `${name}/expanded`)
        : squeezed(emission, value, `${name}/squeezed`);
    graph.output(outputPort(program, spatialRank, name, node), tensor);
  });
  return graph.build();
}
