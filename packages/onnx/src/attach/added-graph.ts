import { create, fromBinary } from '@bufbuild/protobuf';
import { shown } from '@softdice/core';
import {
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  StringStringEntryProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from 'onnx-buf';
import { AttachError, refused } from './attach-error.js';
import type { AttachOptions } from './attach-options.js';
import { attachedMetadata } from './attached-metadata.js';
import type { Prediction } from './prediction.js';
import { restated } from './restate.js';
import { freeNames, freePrefix } from './value-names.js';
import type { Versions } from './versions.js';

/** What is added to a model: a graph of its own, in the names of the model. */
export interface AddedGraph {
  readonly inputs: readonly ValueInfoProto[];
  readonly outputs: readonly ValueInfoProto[];
  readonly nodes: readonly NodeProto[];
  readonly constants: GraphProto['initializer'];
  readonly metadata: ModelProto['metadataProps'];
  /** Names at the border that were taken: what they were to be, and what they are. */
  readonly renamed: Readonly<Record<string, string>>;
}

/**
 * Puts an exported loss into the names, sizes and operator version of a model.
 *
 * @param exported - The bytes of the loss as a model of its own.
 * @param taken - All names of the model.
 * @throws AttachError - if an operator of the loss has no form in the model's version.
 */
export function addedGraph(
  exported: Uint8Array,
  prediction: Prediction,
  { written }: Versions,
  taken: ReadonlySet<string>,
  names: NonNullable<AttachOptions['names']>,
): AddedGraph {
  const { graph, metadataProps } = fromBinary(ModelProtoSchema, exported);
  if (graph === undefined) throw new TypeError('a loss without a graph');
  const older = restated(graph, written, 2 + prediction.spatialRank);
  if (typeof older === 'string') {
    const fix = 'convert the model to opset 17, for example with onnx.version_converter';
    throw refused('model', `an opset that has ${older} as the loss needs it`, `${written}`, fix);
  }
  const free = freeNames(taken);
  const own = [...graph.input, ...graph.output]
    .map(({ name }) => name)
    .filter((name) => name !== 'prediction');
  const strange = Object.entries(names).filter(
    ([name, given]) => !own.includes(name) || given === '',
  );
  if (strange.length > 0) {
    const expected = `a name for one of ${own.join(', ')}`;
    throw new AttachError(
      strange.map(([name, given]) => ({ path: `names.${name}`, expected, received: shown(given) })),
    );
  }
  const wanted = (name: string): string =>
    (Object.hasOwn(names, name) ? names[name] : undefined) ?? name;
  const border = own.map((name) => [name, free(wanted(name))] as const);
  const atBorder = new Map([['prediction', prediction.name], ...border]);
  const prefix = freePrefix(taken, 'softdice');
  const renamed = (name: string): string =>
    name === '' ? '' : (atBorder.get(name) ?? `${prefix}${name}`);
  const dimOf = sizes(graph, prediction, free);
  return {
    inputs: graph.input
      .filter(({ name }) => name !== 'prediction')
      .map((port) => inSizes(port, renamed, dimOf)),
    outputs: graph.output.map((port) => inSizes(port, renamed, dimOf)),
    nodes: older.nodes.map((node) => ({
      ...node,
      name: `${prefix}${node.name}`,
      input: node.input.map(renamed),
      output: node.output.map(renamed),
    })),
    constants: [...graph.initializer, ...older.constants].map((constant) => ({
      ...constant,
      name: renamed(constant.name),
    })),
    metadata: [
      ...metadataProps,
      create(StringStringEntryProtoSchema, attachedMetadata(prediction, atBorder)),
    ],
    renamed: Object.fromEntries(border.filter(([name, given]) => given !== wanted(name))),
  };
}

/** What a named size of the loss is called in the model, or how large it is there. */
function sizes(
  { input }: GraphProto,
  { dims }: Prediction,
  free: (wanted: string) => string,
): (name: string) => number | string {
  const known = new Map<string, number | string>();
  const own = input.find(({ name }) => name === 'prediction')?.type?.value;
  const axes = own?.case === 'tensorType' ? (own.value.shape?.dim ?? []) : [];
  axes.forEach(({ value }, at) => {
    if (value.case === 'dimParam') known.set(value.value, dims[at] ?? free(value.value));
  });
  return (name) => {
    const found = known.get(name) ?? free(name);
    known.set(name, found);
    return found;
  };
}

function inSizes(
  port: ValueInfoProto,
  renamed: (name: string) => string,
  sizeOf: (name: string) => number | string,
): ValueInfoProto {
  const type = port.type?.value;
  const shape = type?.case === 'tensorType' ? (type.value.shape?.dim ?? []) : [];
  const dim = shape.map(({ value }) => {
    const size = value.case === 'dimParam' ? sizeOf(value.value) : value.value;
    return {
      value:
        typeof size === 'string'
          ? ({ case: 'dimParam', value: size } as const)
          : ({ case: 'dimValue', value: BigInt(size ?? 0) } as const),
    };
  });
  const elemType = type?.case === 'tensorType' ? type.value.elemType : 0;
  const value = { case: 'tensorType', value: { elemType, shape: { dim } } } as const;
  const { docString } = port;
  return create(ValueInfoProtoSchema, { name: renamed(port.name), docString, type: { value } });
}
