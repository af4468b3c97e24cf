import { fromBinary } from '@bufbuild/protobuf';
import { type ModelProto, ModelProtoSchema } from 'onnx-buf';

/** A model's content. */
export function decoded(bytes: Uint8Array): ModelProto {
  return fromBinary(ModelProtoSchema, bytes);
}

/** One line per node, `name = Op(inputs)`, between the graph's inputs and outputs. */
export function listed(bytes: Uint8Array): string {
  const { graph } = decoded(bytes);
  if (graph === undefined) throw new TypeError('the model has no graph');
  const names = (values: readonly { readonly name: string }[]): string =>
    values.map(({ name }) => name).join(', ');
  return [
    `inputs: ${names(graph.input)}`,
    ...graph.node.map((node) => {
      const ints = node.attribute.map(({ name, i, ints }) => ` ${name}=${[i, ...ints].join(',')}`);
      return `${node.output} = ${node.opType}(${node.input.join(', ')})${ints.join('')}`;
    }),
    `outputs: ${names(graph.output)}`,
  ].join('\n');
}
