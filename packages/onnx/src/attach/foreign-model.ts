import { fromBinary } from '@bufbuild/protobuf';
import { type GraphProto, type ModelProto, ModelProtoSchema } from 'onnx-buf';
import { refused } from './attach-error.js';
import { wellFormed } from './well-formed.js';
import { joined, merged, messageField, type WireField, wireFields } from './wire.js';

/** Numbers of fields in the file format of ONNX (`onnx.proto`). */
export const fieldNumbers = {
  model: { irVersion: 1, graph: 7, opsetImport: 8, metadataProps: 14 },
  graph: { node: 1, initializer: 5, input: 11, output: 12 },
  /** Of a tensor what says what it is, and not its content. */
  tensorHead: [1, 2, 8, 12, 13, 14],
} as const;

/** Most bytes that an ONNX file can have: the limit of protocol buffers. */
export const mostBytes: number = 2 ** 31 - 1;

/** A model by others: what is read of it, beside its fields as they stand. */
export interface ForeignModel {
  readonly fields: readonly WireField[];
  /** The encoded graph. */
  readonly graphBytes: Uint8Array;
  /** The model without the contents of its initialisers. */
  readonly content: ModelProto;
  readonly graph: GraphProto;
}

/**
 * Reads a model by others.
 *
 * @throws AttachError - if the bytes are no ONNX model, damaged, cut off or too many.
 */
export function foreignModel(bytes: Uint8Array): ForeignModel {
  if (bytes.length > mostBytes) {
    const fix = 'keep the weights in a file of their own, as external data';
    throw refused('model', `at most ${mostBytes} bytes`, String(bytes.length), fix);
  }
  const { graph: graphField } = fieldNumbers.model;
  const fields = readable(bytes, () => wireFields(bytes));
  readable(bytes, () => wellFormed(ModelProtoSchema, bytes));
  const graphBytes = merged(fields, graphField);
  const slim = readable(bytes, () =>
    joined([
      ...fields.filter(({ number }) => number !== graphField).map((field) => field.bytes),
      ...(graphBytes.length > 0 ? messageField(graphField, withoutContents(graphBytes)) : []),
    ]),
  );
  const content = readable(bytes, () => fromBinary(ModelProtoSchema, slim));
  const { graph } = content;
  if (graph === undefined || graph.output.length === 0) {
    throw notOnnx(bytes, graph === undefined ? 'no graph' : 'a graph without outputs');
  }
  return { fields, graphBytes, content, graph };
}

/** The graph with initialisers that have names, types and shapes alone: weights may be large. */
function withoutContents(graph: Uint8Array): Uint8Array {
  const kept: readonly number[] = fieldNumbers.tensorHead;
  const pieces = wireFields(graph).flatMap(({ number, bytes, body }) => {
    if (number !== fieldNumbers.graph.initializer || body === undefined) return [bytes];
    const head = wireFields(body).filter((field) => kept.includes(field.number));
    return messageField(number, ...head.map((field) => field.bytes));
  });
  return joined(pieces);
}

function readable<T>(model: Uint8Array, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw notOnnx(model, cause instanceof Error ? cause.message : String(cause));
  }
}

function notOnnx({ length }: Uint8Array, why: string): Error {
  const fix = 'give the bytes of a .onnx file, whole and unchanged';
  return refused('model', 'an ONNX model', `${length} bytes that are none (${why})`, fix);
}
