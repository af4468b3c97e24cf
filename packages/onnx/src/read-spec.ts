import { fromBinary } from '@bufbuild/protobuf';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import {
  InputError,
  type LevelsPlan,
  type LevelsSpec,
  type LossSpec,
  type MetricPlan,
  metricPlanOf,
  type Plan,
  parseLevels,
  parseSpec,
} from '@softdice/core';
import { type ModelProto, ModelProtoSchema } from 'onnx-buf';
import { version } from './version.js';

/** Where a model keeps its plan. */
const planKey = 'softdice.plan';

/** Where a model of several levels keeps theirs. */
const levelsKey = 'softdice.levels';

/** Where a model of a hard score keeps it. */
const metricKey = 'softdice.metric';

/** Where a model says how its metadata is written. */
const formatKey = 'softdice.format';

/** The version of the metadata that this code writes and reads. */
const format = '1';

/** Where a model keeps the hash of its plan or levels: SHA-256 of the text, in hexadecimal digits. */
const hashKey = 'softdice.sha256';

/** Where a model says which version of this package wrote it. */
const versionKey = 'softdice.version';

/** Where a model keeps the options of its export. */
export const optionsKey = 'softdice.options';

type Metadata = Readonly<Record<string, string>>;

/** What a model says about the loss in it. */
export function planMetadata(plan: Plan, options: object): Metadata {
  return metadataOf(planKey, plan, options);
}

/** What a model says about the levels in it. */
export function levelsMetadata(plan: LevelsPlan, options: object): Metadata {
  return metadataOf(levelsKey, plan, options);
}

/** What a model says about the hard score in it. */
export function metricMetadata(plan: MetricPlan, options: object): Metadata {
  return metadataOf(metricKey, plan, options);
}

function metadataOf(key: string, plan: Plan | LevelsPlan | MetricPlan, options: object): Metadata {
  const text = JSON.stringify(plan);
  return {
    [formatKey]: format,
    [versionKey]: version,
    [key]: text,
    [hashKey]: hashOf(text),
    [optionsKey]: JSON.stringify(options),
  };
}

function hashOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/**
 * Reads the loss back from a model that {@link exportLoss} wrote.
 *
 * @param model - The bytes of the .onnx file.
 * @returns The loss with every default explicit, as it was when the model was written.
 * @throws InputError - if the bytes are no ONNX model, or it has no plan, one of a later version or one that
 *   was changed.
 * @throws SpecError - if the plan in it is no valid loss.
 *
 * @example
 * ```ts
 * const spec = readSpec(exportLoss(dice(), { spatialRank: 2 }));
 * ```
 */
export function readSpec(model: Uint8Array): LossSpec {
  return parseSpec(carried(model, planKey));
}

/**
 * Reads deep supervision back from a model that {@link exportLevels} wrote.
 *
 * @param model - The bytes of the .onnx file.
 * @returns The levels with every default explicit, as they were when the model was written.
 * @throws InputError - if the bytes are no ONNX model, or it has no levels or those of a later version.
 * @throws SpecError - if the levels in it are not valid.
 *
 * @example
 * ```ts
 * const spec = deepSupervision(dice(), levelWeights.two(2));
 * readLevels(exportLevels(spec, { spatialRank: 2 }));
 * ```
 */
export function readLevels(model: Uint8Array): LevelsSpec {
  return parseLevels(carried(model, levelsKey));
}

/**
 * Reads a hard score back from a model that {@link exportMetric} wrote.
 *
 * @param model - The bytes of the .onnx file.
 * @returns The metric with every default explicit, as it was when the model was written.
 * @throws InputError - if the bytes are no ONNX model, or it has no metric or one of a later version.
 * @throws SpecError - if the metric in it is none.
 *
 * @example
 * ```ts
 * const metric = readMetric(exportMetric({ target: 'labels' }, { spatialRank: 2 }));
 * ```
 */
export function readMetric(model: Uint8Array): MetricPlan {
  return metricPlanOf(carried(model, metricKey));
}

/** The document that a model carries under a key. */
function carried(model: Uint8Array, key: string): unknown {
  const { graph, metadataProps } = decoded(model);
  if (graph === undefined) throw notReadable('an ONNX model', 'bytes without a graph');
  const metadata = new Map(metadataProps.map((each) => [each.key, each.value]));
  const plan = metadata.get(key);
  if (plan === undefined) {
    const fix =
      key === planKey && metadata.has(levelsKey)
        ? 'it holds several levels: use readLevels'
        : 'only models that softdice wrote have it';
    throw notReadable(`metadata ${key}`, 'none', fix);
  }
  const written = metadata.get(formatKey) ?? 'none';
  if (written !== format) {
    const fix = 'read it with the version of softdice that wrote it, or a later one';
    throw notReadable(`${formatKey} ${format}`, written, fix);
  }
  const hash = metadata.get(hashKey);
  if (hash !== undefined && hash !== hashOf(plan)) {
    const fix = 'the model no longer is what it says: export the loss again';
    throw notReadable(`${key} with the hash ${hash}`, 'another text', fix);
  }
  return parsed(plan, key);
}

function decoded(model: Uint8Array): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, model);
  } catch {
    throw notReadable('an ONNX model', `${model.length} bytes that are none`);
  }
}

function parsed(plan: string, key: string): unknown {
  try {
    return JSON.parse(plan);
  } catch {
    throw notReadable(`JSON in ${key}`, plan.slice(0, 40));
  }
}

function notReadable(
  expected: string,
  received: string,
  fix = 'give the bytes of a .onnx file',
): InputError {
  return new InputError([{ path: 'model', expected, received, fix }]);
}
