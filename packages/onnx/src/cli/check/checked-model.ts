import { type Plan, planOf } from '@softdice/core';
import { TensorProto_DataType } from 'onnx-buf';
import { attachedKey } from '../../attach/attached-metadata.js';
import { foreignModel } from '../../attach/foreign-model.js';
import type { Dtype } from '../../dtype.js';
import type { Layout } from '../../layout.js';
import type { LabelType, Output } from '../../options.js';
import { optionsKey, readSpec } from '../../read-spec.js';
import { misused } from '../usage-error.js';

/** A model with a loss, as much as is needed to feed it. */
export interface CheckedModel {
  readonly plan: Plan;
  readonly layout: Layout;
  readonly dtype: Dtype;
  readonly labels: LabelType;
  readonly spatialRank: number;
  readonly outputs: readonly Output[];
  readonly cotangent: boolean;
  /** The value that the loss is of: an input, or computed where the loss was attached. */
  readonly prediction: string;
  readonly attached: boolean;
  /** What an input or output of the loss is called in the model. */
  readonly nameOf: (own: string) => string;
  /** Inputs that are not of the loss, with their sizes. */
  readonly others: readonly OwnInput[];
  /** Declared sizes of the prediction. */
  readonly dims: readonly (number | string | undefined)[] | undefined;
  /** Whether the prediction can be read as an output. */
  readonly shown: boolean;
}

/** An input of the network itself. */
export interface OwnInput {
  readonly name: string;
  readonly type: Dtype | 'int32' | 'int64';
  readonly dims: readonly (number | string | undefined)[];
}

/**
 * Reads what a model says about the loss in it.
 *
 * @throws InputError - if it carries none.
 * @throws UsageError - if its inputs cannot be made.
 */
export function checkedModel(bytes: Uint8Array): CheckedModel {
  const plan = planOf(readSpec(bytes));
  const { graph, content } = foreignModel(bytes);
  const metadata = new Map(content.metadataProps.map(({ key, value }) => [key, value] as const));
  const options = JSON.parse(metadata.get(optionsKey) ?? '{}') as Partial<CheckedOptions>;
  const note = metadata.get(attachedKey);
  const attached = (note === undefined ? undefined : JSON.parse(note)) as Attached | undefined;
  const nameOf = (own: string): string => attached?.names[own] ?? own;
  const prediction = attached?.prediction ?? 'prediction';
  const own = ['target', 'mask', 'cotangent'].map(nameOf);
  const initial = new Set(graph.initializer.map(({ name }) => name));
  const others = graph.input.filter(
    ({ name }) => !own.includes(name) && !initial.has(name) && name !== prediction,
  );
  const declared = [...graph.output, ...graph.valueInfo, ...graph.input].find(
    ({ name }) => name === prediction,
  );
  const first = graph.output.find(({ name }) => name === prediction);
  const { layout = 'channelsFirst', dtype = 'float32', labels = 'int64' } = options;
  return {
    plan,
    layout,
    dtype,
    labels,
    spatialRank: options.spatialRank ?? 2,
    outputs: options.outputs ?? ['loss', 'gradient'],
    cotangent: options.cotangent === 'input',
    prediction,
    attached: attached !== undefined,
    nameOf,
    others: others.map(({ name, type }) => ownInput(name, type)),
    dims: declared === undefined ? undefined : sizesOf(declared.type),
    shown: first !== undefined,
  };
}

/** The options that a model was written with, as far as a check needs them. */
interface CheckedOptions {
  readonly spatialRank: number;
  readonly layout: Layout;
  readonly dtype: Dtype;
  readonly labels: LabelType;
  readonly outputs: readonly Output[];
  readonly cotangent: string;
}

interface Attached {
  readonly prediction: string;
  readonly names: Readonly<Record<string, string>>;
}

type DeclaredType = ReturnType<typeof foreignModel>['graph']['input'][number]['type'];

const inputTypes: ReadonlyMap<number, OwnInput['type']> = new Map([
  [TensorProto_DataType.INT32, 'int32'],
  [TensorProto_DataType.INT64, 'int64'],
  [TensorProto_DataType.FLOAT, 'float32'],
  [TensorProto_DataType.FLOAT16, 'float16'],
  [TensorProto_DataType.DOUBLE, 'float64'],
]);

function ownInput(name: string, declared: DeclaredType): OwnInput {
  const tensor = declared?.value.case === 'tensorType' ? declared.value.value : undefined;
  const type = inputTypes.get(tensor?.elemType ?? 0);
  const dims = sizesOf(declared);
  if (type === undefined || dims === undefined) {
    const received = TensorProto_DataType[tensor?.elemType ?? 0] ?? 'nothing';
    throw misused(`input ${name}`, 'a tensor of numbers with a declared shape', received);
  }
  return { name, type, dims };
}

function sizesOf(type: DeclaredType): CheckedModel['dims'] {
  const tensor = type?.value.case === 'tensorType' ? type.value.value : undefined;
  return tensor?.shape?.dim.map(({ value }) =>
    value.case === 'dimValue' ? Number(value.value) : value.value,
  );
}
