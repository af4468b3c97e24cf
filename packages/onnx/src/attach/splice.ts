import { create, toBinary } from '@bufbuild/protobuf';
import {
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  TensorProtoSchema,
  ValueInfoProtoSchema,
} from 'onnx-buf';
import type { AddedGraph } from './added-graph.js';
import { refused } from './attach-error.js';
import { type ForeignModel, fieldNumbers, mostBytes } from './foreign-model.js';
import type { Versions } from './versions.js';
import { integerField, joined, messageField, total } from './wire.js';

/**
 * Writes a model with something added to its graph.
 *
 * Every byte of the graph stays in its place, and what is added comes behind it: repeated fields of a
 * message may stand anywhere in it. Of the model itself, the length of the graph changes, and the
 * version of the container where it must; fields that are not known here stay.
 *
 * @throws AttachError - if the file would be larger than the format allows.
 */
export function spliced(model: ForeignModel, added: AddedGraph, versions: Versions): Uint8Array {
  const { graph, model: numbers } = fieldNumbers;
  const { nodes, constants, inputs, outputs, metadata } = added;
  const graphPieces = [
    model.graphBytes,
    ...nodes.flatMap((each) => messageField(graph.node, toBinary(NodeProtoSchema, each))),
    ...constants.flatMap((each) =>
      messageField(graph.initializer, toBinary(TensorProtoSchema, each)),
    ),
    ...inputs.flatMap((each) => messageField(graph.input, toBinary(ValueInfoProtoSchema, each))),
    ...outputs.flatMap((each) => messageField(graph.output, toBinary(ValueInfoProtoSchema, each))),
  ];
  const { before, after } = versions.irVersion;
  const isKept = (number: number): boolean => number !== numbers.irVersion || before === after;
  const firstGraph = model.fields.find(({ number }) => number === numbers.graph);
  const pieces = [
    ...(before === after ? [] : [integerField(numbers.irVersion, after)]),
    ...model.fields
      .filter((field) => isKept(field.number))
      .flatMap((field) => {
        if (field.number !== numbers.graph) return [field.bytes];
        // A graph in several pieces is one graph, written where its first piece was.
        return field === firstGraph ? messageField(numbers.graph, ...graphPieces) : [];
      }),
    ...importField(versions),
    ...metadata.flatMap((each) =>
      messageField(numbers.metadataProps, toBinary(StringStringEntryProtoSchema, each)),
    ),
  ];
  const size = total(pieces);
  if (size > mostBytes) {
    const fix = 'keep the weights in a file of their own, as external data';
    throw refused('model', `at most ${mostBytes} bytes with the loss`, String(size), fix);
  }
  return joined(pieces);
}

/** The version of the standard operators, for a model that had none of them. */
function importField({ opset, written }: Versions): readonly Uint8Array[] {
  if (opset !== undefined) return [];
  const entry = create(OperatorSetIdProtoSchema, { domain: '', version: BigInt(written) });
  const number = fieldNumbers.model.opsetImport;
  return messageField(number, toBinary(OperatorSetIdProtoSchema, entry));
}
