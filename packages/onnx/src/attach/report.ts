import { type GraphProto, TensorProto_DataType, type ValueInfoProto } from 'onnx-buf';
import type { Dtype } from '../dtype.js';
import type { Dimension } from '../graph.js';
import type { Layout } from '../layout.js';
import type { AddedGraph } from './added-graph.js';
import type { ForeignModel } from './foreign-model.js';
import type { Prediction } from './prediction.js';
import type { Versions } from './versions.js';

/** An input or output that a model has got. */
export interface AddedPort {
  readonly name: string;
  /** Element type, such as `'float'` or `'int64'`. */
  readonly type: string;
  readonly dims: readonly Dimension[];
}

/** What was done to a model, as JSON. */
export interface AttachmentReport {
  readonly prediction: {
    readonly name: string;
    /** Declared sizes; `null` where the model says nothing. */
    readonly dims: readonly (Dimension | null)[];
    readonly spatialRank: number;
    readonly layout: Layout;
    readonly dtype: Dtype;
  };
  readonly inputs: readonly AddedPort[];
  readonly outputs: readonly AddedPort[];
  /** Numbers of nodes and constants that were added. */
  readonly nodes: number;
  readonly constants: number;
  readonly bytes: { readonly before: number; readonly after: number };
  /** Version of the standard operators, of the model and of what was added. */
  readonly opset: number;
  readonly irVersion: { readonly before: number; readonly after: number };
  /** Names that were taken: what they were to be, and what they are. */
  readonly renamed: Readonly<Record<string, string>>;
  /** Files beside the model that hold its weights: they must stay beside it. */
  readonly externalFiles: readonly string[];
  readonly notes: readonly string[];
}

/** Describes what was done to a model. */
export function reportOf(
  model: ForeignModel,
  prediction: Prediction,
  added: AddedGraph,
  versions: Versions,
  bytes: AttachmentReport['bytes'],
): AttachmentReport {
  const { name, dims, spatialRank, layout, dtype } = prediction;
  const { before, after } = versions.irVersion;
  const files = externalFiles(model.graph);
  return {
    prediction: { name, dims: dims.map((size) => size ?? null), spatialRank, layout, dtype },
    inputs: added.inputs.map(addedPort),
    outputs: added.outputs.map(addedPort),
    nodes: added.nodes.length,
    constants: added.constants.length,
    bytes,
    opset: versions.written,
    irVersion: { before: Number(before), after: Number(after) },
    renamed: added.renamed,
    externalFiles: files,
    notes: [
      ...prediction.notes,
      ...Object.entries(added.renamed).map(
        ([own, given]) => `The model has a ${own} already: the added one is ${given}.`,
      ),
      ...(before === after
        ? []
        : [`IR version ${before} became ${after}, where constants need not be inputs.`]),
      ...(versions.written < 17
        ? [`The loss is written in opset ${versions.written}, that of the model.`]
        : []),
      ...(versions.opset === undefined
        ? [`The model had no standard operators: opset ${versions.written} was added.`]
        : []),
      ...(files.length > 0
        ? [`Weights are in ${files.join(', ')}: keep the model in the same folder.`]
        : []),
    ],
  };
}

function addedPort({ name, type }: ValueInfoProto): AddedPort {
  const tensor = type?.value.case === 'tensorType' ? type.value.value : undefined;
  const element = TensorProto_DataType[tensor?.elemType ?? 0] ?? 'UNDEFINED';
  const dims = (tensor?.shape?.dim ?? []).map(({ value }) =>
    typeof value.value === 'string' ? value.value : Number(value.value),
  );
  return { name, type: element.toLowerCase(), dims };
}

/** The files in which initialisers keep their contents. */
function externalFiles({ initializer }: GraphProto): readonly string[] {
  const locations = initializer.flatMap(({ externalData }) =>
    externalData.filter(({ key }) => key === 'location').map(({ value }) => value),
  );
  return [...new Set(locations)];
}
