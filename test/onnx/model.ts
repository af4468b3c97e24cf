import { fromBinary } from '@bufbuild/protobuf';
import { type ModelProto, ModelProtoSchema, type NodeProto } from 'onnx-buf';

/** A model's content. */
export function decoded(bytes: Uint8Array): ModelProto {
  return fromBinary(ModelProtoSchema, bytes);
}

/** What computes in a model, in its graph or in its function, by names. */
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
    return {
      inputs: called.input,
      constants: called.node.filter(isConstant).flatMap(({ output }) => output),
      nodes: called.node.filter((node) => !isConstant(node)),
      outputs: called.output,
    };
  }
  if (graph === undefined) throw new TypeError('the model has no graph');
  const names = (values: readonly { readonly name: string }[]): readonly string[] =>
    values.map(({ name }) => name);
  return {
    inputs: names(graph.input),
    constants: names(graph.initializer),
    nodes: graph.node,
    outputs: names(graph.output),
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
