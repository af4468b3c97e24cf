import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  type AttributeProtoSchema,
  ModelProtoSchema,
  TensorProto_DataType,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from 'onnx-buf';
import type { Attributes, ElementType, Graph, Initializer, Port } from './graph.js';

/** Opset versions that can be written. */
export type Opset = 17 | 18;

/** The newest version of the container that old checkers read. */
const irVersion = 8n;

const dataTypes: { readonly [T in ElementType]: TensorProto_DataType } = {
  float: TensorProto_DataType.FLOAT,
  uint8: TensorProto_DataType.UINT8,
  int32: TensorProto_DataType.INT32,
  int64: TensorProto_DataType.INT64,
  bool: TensorProto_DataType.BOOL,
};

/** The number that stands for an element type, as `Cast` takes it. */
export function elementNumber(type: ElementType): number {
  return dataTypes[type];
}

/** Writes a graph as an ONNX model; the same graph gives the same bytes. */
export function modelBytes(
  graph: Graph,
  opset: Opset,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const model = create(ModelProtoSchema, {
    irVersion,
    producerName: 'softdice',
    opsetImport: [{ domain: '', version: BigInt(opset) }],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph: {
      name: 'softdice',
      input: graph.inputs.map(valueInfo),
      output: graph.outputs.map(valueInfo),
      initializer: graph.initializers.map(tensor),
      node: graph.nodes.map(({ op, name, inputs, attributes, unread }) => ({
        opType: op,
        name,
        input: [...inputs],
        output: [name, ...unread],
        attribute: attributeProtos(attributes),
      })),
    },
  });
  return toBinary(ModelProtoSchema, model);
}

function valueInfo({ name, type, dims }: Port): MessageInitShape<typeof ValueInfoProtoSchema> {
  const dim = dims.map((size) => ({
    value:
      typeof size === 'number'
        ? ({ case: 'dimValue', value: BigInt(size) } as const)
        : ({ case: 'dimParam', value: size } as const),
  }));
  const value = { elemType: dataTypes[type], shape: { dim } };
  return { name, type: { value: { case: 'tensorType', value } } };
}

function tensor(constant: Initializer): MessageInitShape<typeof TensorProtoSchema> {
  const { name, type, dims, values } = constant;
  return {
    name,
    dataType: dataTypes[type],
    dims: dims.map(BigInt),
    ...(type === 'float' ? { floatData: [...values] } : {}),
    ...(type === 'int64' ? { int64Data: values.map(BigInt) } : {}),
    // The format keeps all small integers in this field.
    ...(type === 'int32' || type === 'uint8' || type === 'bool' ? { int32Data: [...values] } : {}),
  };
}

function attributeProtos(attributes: Attributes): MessageInitShape<typeof AttributeProtoSchema>[] {
  return Object.entries(attributes).map(([name, value]) =>
    typeof value === 'number'
      ? { name, type: AttributeProto_AttributeType.INT, i: BigInt(value) }
      : { name, type: AttributeProto_AttributeType.INTS, ints: value.map(BigInt) },
  );
}
