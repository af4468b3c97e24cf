import type { Node, Program } from '@softdice/core';
import { emissionOf } from './emission.js';
import { emittedValue } from './emitted-value.js';
import { gradientOutput } from './gradient-output.js';
import type { Graph, Port } from './graph.js';
import { graphBuilder } from './graph-builder.js';
import { partNamesOf } from './names.js';
import { onnxOps } from './ops.js';
import type { CompletePartsOptions } from './parts-options.js';
import { inputValue, squeezed } from './placement.js';
import type { Emission, Value } from './value.js';

/** What a part reads and gives. */
export interface PartContent {
  readonly inputs: readonly Port[];
  readonly outputs: readonly { readonly port: Port; readonly node: Node }[];
  /** Inputs of the expressions other than prediction, target and mask. */
  readonly given: (
    input: string,
    emission: Emission,
    computed: (node: Node) => Value,
  ) => Value | undefined;
}

/** The graph of a part of a program. */
export function partGraph(
  program: Program,
  options: CompletePartsOptions,
  { inputs, outputs, given }: PartContent,
): Graph {
  const names = outputs.map(({ port }) => port.name);
  const graph = graphBuilder([...inputs.map(({ name }) => name), ...names]);
  const emission = emissionOf(graph, options, 'prediction', program.plan);
  const ops = onnxOps(
    emission,
    partNamesOf(program, new Set(names)),
    outputs.map(({ node }) => node),
  );
  for (const port of inputs) graph.input(port);
  const lookup = (input: string): Value | undefined => {
    const port = inputs.find(({ name }) => name === input);
    const value = port && inputValue(emission, program, port, input);
    return value ?? given(input, emission, computed);
  };
  const computed = (node: Node): Value => emittedValue(ops, lookup, node);
  for (const { port, node } of outputs) {
    const value = computed(node);
    const tensor =
      node === program.pullback
        ? gradientOutput(emission, ops, lookup, node, port)
        : squeezed(emission, value, `${port.name}/squeezed`);
    graph.output(port, tensor);
  }
  return graph.build();
}
