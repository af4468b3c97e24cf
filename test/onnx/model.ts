import { fromBinary } from '@bufbuild/protobuf';
import { type GraphProto, type ModelProto, ModelProtoSchema, type NodeProto } from 'onnx-buf';

/** A model's content. */
export function decoded(bytes: Uint8Array): ModelProto {
  return fromBinary(ModelProtoSchema, bytes);
}

/** What computes in a model, in its graph or in its function and in the graphs inside, by names. */
export interface Body {
  readonly inputs: readonly string[];
  readonly constants: readonly string[];
  readonly nodes: readonly NodeProto[];
  readonly outputs: readonly string[];
}

export function bodyOf(bytes: Uint8Array): Body {
  const { graph, functions } = decoded(bytes);
  const [called] = functions;
  if (called !== undefined) {
    const isConstant = ({ opType }: NodeProto): boolean => opType === 'Constant';
    return withInner({
      inputs: called.input,
      constants: called.node.filter(isConstant).flatMap(({ output }) => output),
      nodes: called.node.filter((node) => !isConstant(node)),
      outputs: called.output,
    });
  }
  if (graph === undefined) throw new TypeError('the model has no graph');
  return withInner(bodyOfGraph(graph));
}

function bodyOfGraph(graph: GraphProto): Body {
  const names = (values: readonly { readonly name: string }[]): readonly string[] =>
    values.map(({ name }) => name);
  return {
    inputs: names(graph.input),
    constants: names(graph.initializer),
    nodes: graph.node,
    outputs: names(graph.output),
  };
}

/** With what graphs inside of operators read, compute and give. */
function withInner({ inputs, constants, nodes, outputs }: Body): Body {
  const inner = nodes.flatMap(({ attribute }) =>
    attribute.flatMap(({ g }) => (g === undefined ? [] : [bodyOfGraph(g)])),
  );
  return {
    inputs: [...inputs, ...inner.flatMap((body) => body.inputs)],
    constants: [...constants, ...inner.flatMap((body) => body.constants)],
    nodes: [...nodes, ...inner.flatMap((body) => body.nodes)],
    outputs: [...outputs, ...inner.flatMap((body) => body.outputs)],
  };
}

/** One line per node, `name = Op(inputs)`, between the inputs and outputs. */
export function listed(bytes: Uint8Array): string {
  const { inputs, nodes, outputs } = bodyOf(bytes);
  return [
    `inputs: ${inputs.join(', ')}`,
    ...nodes.map((node) => {
      const ints = node.attribute.map(({ name, i, ints }) => ` ${name}=${[i, ...ints].join(',')}`);
      return `${node.output} = ${node.opType}(${node.input.join(', ')})${ints.join('')}`;
    }),
    `outputs: ${outputs.join(', ')}`,
  ].join('\n');
}
