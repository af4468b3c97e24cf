import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import {
  AttributeProto_AttributeType,
  type AttributeProtoSchema,
  type FunctionProtoSchema,
  ModelProtoSchema,
  type NodeProtoSchema,
  TensorProto_DataType,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from 'onnx-buf';
import { isGraph } from './captured.js';
import type { Attributes, ElementType, Graph, Initializer, Port } from './graph.js';
import { irVersion, type Opset } from './opset.js';
import { version } from './version.js';

/** Whether a model's operators stand in its graph, or in a function of its own that the graph calls. */
export type Form = 'inline' | 'function';

/** The domain of functions. */
export const functionDomain = 'softdice';

/** What a model is beside its graph. */
export interface ModelFrame {
  readonly opset: Opset;
  readonly form: Form;
  /** The name of graph and function. */
  readonly name: string;
  /** For people: formula and source. */
  readonly doc: string;
  readonly metadata: Readonly<Record<string, string>>;
}

const dataTypes: { readonly [T in ElementType]: TensorProto_DataType } = {
  float: TensorProto_DataType.FLOAT,
  float16: TensorProto_DataType.FLOAT16,
  double: TensorProto_DataType.DOUBLE,
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
export function modelBytes(graph: Graph, frame: ModelFrame): Uint8Array {
  const { opset, form, name, doc, metadata } = frame;
  const standard = { domain: '', version: BigInt(opset) };
  const called = form === 'function';
  const model = create(ModelProtoSchema, {
    irVersion: irVersion(opset),
    producerName: 'softdice',
    producerVersion: version,
    docString: doc,
    opsetImport: called ? [standard, { domain: functionDomain, version: 1n }] : [standard],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph: {
      ...graphProto(graph, name),
      docString: doc,
      ...(called ? { initializer: [], node: [callOf(graph, name)] } : {}),
    },
    functions: called ? [functionOf(graph, frame)] : [],
  });
  return toBinary(ModelProtoSchema, model);
}

function graphProto(graph: Graph, name: string): GraphInit {
  return {
    name,
    input: graph.inputs.map(valueInfo),
    output: graph.outputs.map(valueInfo),
    initializer: graph.initializers.map(tensor),
    node: graph.nodes.map(operator),
  };
}

interface GraphInit {
  readonly name: string;
  readonly input: MessageInitShape<typeof ValueInfoProtoSchema>[];
  readonly output: MessageInitShape<typeof ValueInfoProtoSchema>[];
  readonly initializer: MessageInitShape<typeof TensorProtoSchema>[];
  readonly node: MessageInitShape<typeof NodeProtoSchema>[];
}

function operator({
  op,
  name,
  inputs,
  attributes,
  more,
}: Graph['nodes'][number]): MessageInitShape<typeof NodeProtoSchema> {
  return {
    opType: op,
    name,
    input: [...inputs],
    output: [name, ...more],
    attribute: attributeProtos(attributes),
  };
}

/** The node that calls the function. */
function callOf(
  { inputs, outputs }: Graph,
  name: string,
): MessageInitShape<typeof NodeProtoSchema> {
  return {
    opType: name,
    domain: functionDomain,
    name,
    input: inputs.map((port) => port.name),
    output: outputs.map((port) => port.name),
  };
}

/** A graph as a function, which has no initializers: its constants are nodes. */
function functionOf(
  graph: Graph,
  { opset, name, doc }: ModelFrame,
): MessageInitShape<typeof FunctionProtoSchema> {
  const { initializer, node } = graphProto(graph, name);
  const constants = initializer.map((value): MessageInitShape<typeof NodeProtoSchema> => {
    const own = value.name ?? '';
    const attribute = { name: 'value', type: AttributeProto_AttributeType.TENSOR, t: value };
    return { opType: 'Constant', name: own, output: [own], attribute: [attribute] };
  });
  return {
    name,
    domain: functionDomain,
    docString: doc,
    opsetImport: [{ domain: '', version: BigInt(opset) }],
    input: graph.inputs.map((port) => port.name),
    output: graph.outputs.map((port) => port.name),
    node: [...constants, ...node],
  };
}

function valueInfo({
  name,
  type,
  dims,
  doc = '',
}: Port): MessageInitShape<typeof ValueInfoProtoSchema> {
  const dim = dims.map((size) => ({
    value:
      typeof size === 'number'
        ? ({ case: 'dimValue', value: BigInt(size) } as const)
        : ({ case: 'dimParam', value: size } as const),
  }));
  const value = { elemType: dataTypes[type], shape: { dim } };
  return { name, docString: doc, type: { value: { case: 'tensorType', value } } };
}

function tensor(constant: Initializer): MessageInitShape<typeof TensorProtoSchema> {
  const { name, type, dims, values } = constant;
  return {
    name,
    dataType: dataTypes[type],
    dims: dims.map(BigInt),
    ...(type === 'float' ? { floatData: [...values] } : {}),
    ...(type === 'double' ? { doubleData: [...values] } : {}),
    ...(type === 'int64' ? { int64Data: values.map(BigInt) } : {}),
    // The format keeps all small integers in this field.
    ...(type === 'int32' || type === 'uint8' || type === 'bool' ? { int32Data: [...values] } : {}),
  };
}

function attributeProtos(attributes: Attributes): MessageInitShape<typeof AttributeProtoSchema>[] {
  const { INT, INTS, STRING, GRAPH } = AttributeProto_AttributeType;
  return Object.entries(attributes).map(([name, value]) => {
    if (typeof value === 'number') return { name, type: INT, i: BigInt(value) };
    if (typeof value === 'string')
      return { name, type: STRING, s: Uint8Array.from(utf8ToBytes(value)) };
    if (isGraph(value)) return { name, type: GRAPH, g: graphProto(value, name) };
    return { name, type: INTS, ints: value.map(BigInt) };
  });
}
