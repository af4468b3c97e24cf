import {
  inputProblems,
  maskChannels,
  type Plan,
  type Problem,
  shown,
  targetIsSparse,
} from '@softdice/core';
import { type GraphProto, TensorProto_DataType, type ValueInfoProto } from 'onnx-buf';
import type { Dtype } from '../dtype.js';
import type { Dimension } from '../graph.js';
import type { Layout, SpatialRank } from '../layout.js';
import { AttachError, refused } from './attach-error.js';
import type { AttachOptions } from './attach-options.js';
import { valuesOf } from './value-names.js';

/** The value of a model that a loss is of. */
export interface Prediction {
  readonly name: string;
  readonly spatialRank: SpatialRank;
  readonly layout: Layout;
  readonly dtype: Dtype;
  /** What the model declares of each axis; `undefined` for a size of which it says nothing. */
  readonly dims: readonly (Dimension | undefined)[];
  /** What is worth knowing about it. */
  readonly notes: readonly string[];
}

/**
 * Finds the prediction in a model and checks it.
 *
 * @throws AttachError - if the model has no such value, or its type, rank or channels do not fit the loss.
 */
export function predictionOf(graph: GraphProto, plan: Plan, options: AttachOptions): Prediction {
  const { prediction: name } = options;
  const values = valuesOf(graph);
  if (!values.has(name)) throw refused('prediction', expectedValue(graph), shown(name), valueFix);
  const declared = declaredOf(graph, name);
  const type = dtypeOf(name, declared);
  const { dtype = type ?? 'float32', layout = 'channelsFirst' } = options;
  if (type !== undefined && type !== dtype) {
    throw refused('dtype', `${type}, as the model declares`, shown(dtype), 'leave it out');
  }
  const shape = shapeOf(declared);
  const spatialRank = rankOf(name, shape, options.spatialRank);
  const dims = shape ?? Array<undefined>(2 + spatialRank).fill(undefined);
  const notes = [
    ...(type === undefined
      ? [`The model does not declare the type of ${name}: ${dtype} is assumed.`]
      : []),
    ...channelNotes(plan, name, dims, layout),
  ];
  return { name, spatialRank, layout, dtype, dims, notes };
}

const valueFix = "name one of the model's outputs, or a value that one of its nodes computes";

function expectedValue({ output }: GraphProto): string {
  return `a value of the model, such as its outputs ${output.map((port) => shown(port.name)).join(', ')}`;
}

/** What the model says of a value: at its border, or of one inside. */
function declaredOf(
  { input, output, valueInfo }: GraphProto,
  name: string,
): ValueInfoProto | undefined {
  return [...output, ...valueInfo, ...input].find((port) => port.name === name);
}

/** What element types of ONNX are here. */
const dtypes: ReadonlyMap<number, Dtype> = new Map([
  [TensorProto_DataType.FLOAT, 'float32'],
  [TensorProto_DataType.FLOAT16, 'float16'],
  [TensorProto_DataType.DOUBLE, 'float64'],
]);

/** The declared element type; `undefined` where none is. */
function dtypeOf(name: string, declared: ValueInfoProto | undefined): Dtype | undefined {
  const type = declared?.type?.value;
  if (type === undefined || type.case === undefined) return undefined;
  const element = type.case === 'tensorType' ? type.value.elemType : undefined;
  const dtype = dtypes.get(element ?? 0);
  if (dtype !== undefined) return dtype;
  const received = element === undefined ? type.case : (TensorProto_DataType[element] ?? 'none');
  const fix = 'add a Cast to float behind it, or name a value before it was converted';
  const expected = 'a tensor of FLOAT, FLOAT16 or DOUBLE';
  throw refused(`prediction ${shown(name)}`, expected, received, fix);
}

function shapeOf(declared: ValueInfoProto | undefined): Prediction['dims'] | undefined {
  const type = declared?.type?.value;
  if (type?.case !== 'tensorType') return undefined;
  return type.value.shape?.dim.map(({ value }) => {
    if (value.case === 'dimValue') return Number(value.value);
    return value.case === 'dimParam' && value.value !== '' ? value.value : undefined;
  });
}

function rankOf(
  name: string,
  shape: Prediction['dims'] | undefined,
  stated: SpatialRank | undefined,
): SpatialRank {
  const ranks = [0, 1, 2, 3] as const;
  if (shape === undefined) {
    if (stated !== undefined) return stated;
    const fix = 'state it: 2 for images, 3 for volumes';
    throw refused('spatialRank', 'a number, for the model does not say it', 'nothing', fix);
  }
  const rank = ranks.find((each) => each === shape.length - 2);
  if (rank === undefined) {
    const text = shape.map((size) => size ?? '?').join(', ');
    const fix = 'a prediction has a sample, a channel and up to three spatial axes';
    throw refused(`prediction ${shown(name)}`, '2 to 5 axes', `[${text}]`, fix);
  }
  if (stated !== undefined && stated !== rank) {
    const fix = 'leave it out';
    throw refused('spatialRank', `${rank}, as the model declares`, shown(stated), fix);
  }
  return rank;
}

/** Checks the number of channels where it is declared. */
function channelNotes(
  plan: Plan,
  name: string,
  dims: Prediction['dims'],
  layout: Layout,
): readonly string[] {
  const [second, last] = [1, dims.length - 1];
  const [own, other] = layout === 'channelsFirst' ? [second, last] : [last, second];
  const [channels, others] = [dims[own], dims[other]];
  if (typeof channels !== 'number') {
    return [`The model does not declare how many channels ${name} has: they are not checked.`];
  }
  const found = channelProblems(plan, channels, dims.length - 2);
  const isOther = typeof others === 'number' && others !== channels;
  const otherFits = isOther && channelProblems(plan, others, dims.length - 2).length === 0;
  const where = `axis ${own} of ${name} has ${channels}, axis ${other} has ${others}`;
  const otherLayout = layout === 'channelsFirst' ? 'channelsLast' : 'channelsFirst';
  if (found.length > 0) {
    const hint = otherFits ? ` (${where}: or state layout '${otherLayout}')` : '';
    throw new AttachError(
      found.map((problem) => ({ ...problem, fix: `${problem.fix ?? 'use another loss'}${hint}` })),
    );
  }
  return otherFits && others < channels ? [`Layout is ${layout}: ${where}.`] : [];
}

function channelProblems(plan: Plan, channels: number, rank: number): readonly Problem[] {
  const ones = Array<number>(rank).fill(1);
  const prediction = [1, channels, ...ones];
  const sparse = [1, ...ones];
  const mask = { none: undefined, one: sparse, all: prediction }[maskChannels(plan)];
  const target = targetIsSparse(plan) ? sparse : prediction;
  return inputProblems(plan, { prediction, target, mask });
}
