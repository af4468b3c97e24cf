import { type Explanation, explain, InputError, type LossSpec } from '@softdice/core';
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  type ModelProto,
  type NodeProto,
  TensorProto_DataType,
  type ValueInfoProto,
} from 'onnx-buf';
import { type ForeignModel, foreignModel } from '../attach/foreign-model.js';
import { readSpec } from '../read-spec.js';

/** An input or output of a model. */
export interface PortSummary {
  readonly name: string;
  readonly type: string;
  /** Left out where the model declares no shape; `null` for a size of which it says nothing. */
  readonly dims?: readonly (number | string | null)[];
  readonly doc?: string;
}

/** One operator. */
export interface NodeSummary {
  readonly op: string;
  readonly domain?: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  /** Operators of graphs inside, such as the body of a loop. */
  readonly inside?: readonly NodeSummary[];
}

/** A model as JSON. */
export interface ModelSummary {
  readonly bytes: number;
  readonly producer: string;
  readonly irVersion: number;
  readonly opsets: Readonly<Record<string, number>>;
  readonly inputs: readonly PortSummary[];
  readonly outputs: readonly PortSummary[];
  readonly constants: number;
  /** How often each operator occurs. */
  readonly operators: Readonly<Record<string, number>>;
  readonly nodes: readonly NodeSummary[];
  /** Names of the functions that the model brings along. */
  readonly functions: readonly string[];
  /** Everything that the model says about itself. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The loss that the model carries. */
  readonly spec?: LossSpec;
  readonly formula?: Explanation['formula'];
}

/**
 * Summarises a model, whoever made it.
 *
 * @throws AttachError - if the bytes are no ONNX model.
 */
export function modelSummary(bytes: Uint8Array): ModelSummary {
  const { content, graph }: ForeignModel = foreignModel(bytes);
  const spec = carriedSpec(bytes);
  // What only runs inside a function or a loop counts too.
  const bodies = content.functions.map(({ node }) => node);
  const operators = countOf([...graph.node, ...bodies.flat()].flatMap(namesIn));
  const initial = new Set(graph.initializer.map(({ name }) => name));
  return {
    bytes: bytes.length,
    producer: [content.producerName, content.producerVersion].filter((text) => text).join(' '),
    irVersion: Number(content.irVersion),
    opsets: opsetsOf(content),
    // Before IR version 4 initialisers were inputs as well.
    inputs: graph.input.filter(({ name }) => !initial.has(name)).map(portSummary),
    outputs: graph.output.map(portSummary),
    constants: graph.initializer.length,
    operators,
    nodes: graph.node.map(nodeSummary),
    functions: content.functions.map(({ domain, name }) => `${domain}.${name}`),
    metadata: Object.fromEntries(content.metadataProps.map(({ key, value }) => [key, value])),
    ...(spec === undefined ? {} : { spec, formula: explain(spec).formula }),
  };
}

/** The loss in a model, where it has one that can be read. */
function carriedSpec(bytes: Uint8Array): LossSpec | undefined {
  try {
    return readSpec(bytes);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function opsetsOf({ opsetImport }: ModelProto): ModelSummary['opsets'] {
  return Object.fromEntries(
    opsetImport.map(({ domain, version }) => [domain === '' ? 'ai.onnx' : domain, Number(version)]),
  );
}

function countOf(names: readonly string[]): Readonly<Record<string, number>> {
  const distinct = [...new Set(names)].sort();
  return Object.fromEntries(
    distinct.map((name) => [name, names.filter((each) => each === name).length]),
  );
}

function portSummary({ name, type, docString }: ValueInfoProto): PortSummary {
  const tensor = type?.value.case === 'tensorType' ? type.value.value : undefined;
  const element = TensorProto_DataType[tensor?.elemType ?? 0] ?? 'undefined';
  const dims = tensor?.shape?.dim.map(({ value }) => {
    if (value.case === 'dimValue') return Number(value.value);
    return value.case === 'dimParam' && value.value !== '' ? value.value : null;
  });
  return {
    name,
    type: tensor === undefined ? (type?.value.case ?? 'of any type') : element.toLowerCase(),
    ...(dims === undefined ? {} : { dims }),
    ...(docString === '' ? {} : { doc: docString }),
  };
}

function insideOf({ attribute }: NodeProto): readonly NodeProto[] {
  return attribute.flatMap(({ g, graphs }) =>
    [...(g === undefined ? [] : [g]), ...graphs].flatMap(({ node }) => node),
  );
}

function namesIn(node: NodeProto): readonly string[] {
  return [node.opType, ...insideOf(node).flatMap(namesIn)];
}

function nodeSummary(node: NodeProto): NodeSummary {
  const inside = insideOf(node).map(nodeSummary);
  return { ...ownSummary(node), ...(inside.length === 0 ? {} : { inside }) };
}

function ownSummary({ opType, domain, name, input, output, attribute }: NodeProto): NodeSummary {
  return {
    op: opType,
    ...(domain === '' ? {} : { domain }),
    name,
    inputs: input,
    outputs: output,
    attributes: Object.fromEntries(attribute.map((each) => [each.name, attributeText(each)])),
  };
}

function attributeText({ type, i, f, s, ints, floats }: AttributeProto): string {
  switch (type) {
    case AttributeProto_AttributeType.INT:
      return String(i);
    case AttributeProto_AttributeType.FLOAT:
      return String(Number(f.toPrecision(6)));
    case AttributeProto_AttributeType.STRING:
      return new TextDecoder().decode(s);
    case AttributeProto_AttributeType.INTS:
      return ints.join(',');
    case AttributeProto_AttributeType.FLOATS:
      return floats.join(',');
    default:
      return (AttributeProto_AttributeType[type] ?? 'unknown').toLowerCase();
  }
}
