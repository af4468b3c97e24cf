import { create, toBinary } from '@bufbuild/protobuf';
import { ValueInfoProtoSchema } from 'onnx-buf';
import { fieldNumbers, foreignModel } from './foreign-model.js';
import { joined, messageField } from './wire.js';

/** A model that gives one of its values as an output too; runtimes infer what it is. */
export function withOutput(bytes: Uint8Array, name: string): Uint8Array {
  const { fields, graphBytes } = foreignModel(bytes);
  const port = toBinary(ValueInfoProtoSchema, create(ValueInfoProtoSchema, { name }));
  const others = fields.filter(({ number }) => number !== fieldNumbers.model.graph);
  const graph = [graphBytes, ...messageField(fieldNumbers.graph.output, port)];
  return joined([
    ...others.map((field) => field.bytes),
    ...messageField(fieldNumbers.model.graph, ...graph),
  ]);
}
