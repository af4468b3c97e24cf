import { fromBinary } from '@bufbuild/protobuf';
import { InputError, type LossSpec, type Plan, parseSpec } from '@softdice/core';
import { type ModelProto, ModelProtoSchema } from 'onnx-buf';

/** Where a model keeps its plan. */
const planKey = 'softdice.plan';

/** Where a model says how its metadata is written. */
const formatKey = 'softdice.format';

/** The version of the metadata that this code writes and reads. */
const format = '1';

/** What a model says about the loss in it. */
export function planMetadata(plan: Plan): Readonly<Record<string, string>> {
  return { [formatKey]: format, [planKey]: JSON.stringify(plan) };
}

/**
 * Reads the loss back from a model that {@link exportLoss} wrote.
 *
 * @param model - The bytes of the .onnx file.
 * @returns The loss with every default explicit, as it was when the model was written.
 * @throws InputError - if the bytes are no ONNX model, or it has no plan or one of a later version.
 * @throws SpecError - if the plan in it is no valid loss.
 *
 * @example
 * ```ts
 * const spec = readSpec(exportLoss(dice(), { spatialRank: 2 }));
 * ```
 */
export function readSpec(model: Uint8Array): LossSpec {
  const { graph, metadataProps } = decoded(model);
  if (graph === undefined) throw notReadable('an ONNX model', 'bytes without a graph');
  const metadata = new Map(metadataProps.map(({ key, value }) => [key, value]));
  const plan = metadata.get(planKey);
  if (plan === undefined) {
    throw notReadable(`metadata ${planKey}`, 'none', 'only models that softdice wrote have it');
  }
  const written = metadata.get(formatKey) ?? 'none';
  if (written !== format) {
    const fix = 'read it with the version of softdice that wrote it, or a later one';
    throw notReadable(`${formatKey} ${format}`, written, fix);
  }
  return parseSpec(parsed(plan));
}

function decoded(model: Uint8Array): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, model);
  } catch {
    throw notReadable('an ONNX model', `${model.length} bytes that are none`);
  }
}

function parsed(plan: string): unknown {
  try {
    return JSON.parse(plan);
  } catch {
    throw notReadable(`JSON in ${planKey}`, plan.slice(0, 40));
  }
}

function notReadable(
  expected: string,
  received: string,
  fix = 'give the bytes of a .onnx file',
): InputError {
  return new InputError([{ path: 'model', expected, received, fix }]);
}
