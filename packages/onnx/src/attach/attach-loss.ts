import { type LossSpec, planOf, shown } from '@softdice/core';
import type { ModelProto } from 'onnx-buf';
import { exportLoss } from '../export-loss.js';
import { type AddedGraph, addedGraph } from './added-graph.js';
import { AttachError } from './attach-error.js';
import type { AttachOptions } from './attach-options.js';
import { foreignModel } from './foreign-model.js';
import { predictionOf } from './prediction.js';
import { type AttachmentReport, reportOf } from './report.js';
import { spliced } from './splice.js';
import { freeNames, takenNames } from './value-names.js';
import { versionsOf } from './versions.js';

/** A model with a loss, and what was done to it. */
export interface Attachment {
  readonly model: Uint8Array;
  readonly report: AttachmentReport;
}

/**
 * Appends a loss, and its gradient with respect to the prediction, to an existing ONNX model.
 *
 * The model keeps its inputs, outputs, nodes and initialisers byte by byte, those of other domains and
 * those in files beside it too. It gets the inputs `target`, and `mask` and `cotangent` where they are
 * needed, and the outputs of {@link exportLoss}; a name that the model has already gets a number.
 * The loss is written in the model's version of the standard operators, 11 to 26. What was done to the
 * model tells {@link attachment}.
 *
 * @param model - The bytes of the .onnx file.
 * @param spec - The loss.
 * @param options - Which value is the prediction, and what differs from the defaults.
 * @throws SpecError - listing every violation of the spec.
 * @throws AttachError - if the bytes are no model, or type, rank, channels or versions do not fit.
 * @throws InputError - listing every option that is unknown, not allowed or does not fit the spec.
 *
 * @example
 * ```ts
 * const network = exportLoss(dice(), { spatialRank: 2 }); // Any model will do.
 * const spec = dice({ target: 'labels', activation: 'softmax' });
 * const bytes = attachLoss(network, spec, { prediction: 'gradient' });
 * ```
 */
export function attachLoss(model: Uint8Array, spec: LossSpec, options: AttachOptions): Uint8Array {
  return attachment(model, spec, options).model;
}

/**
 * As {@link attachLoss}, with a report: what was added and under which names, which versions and sizes
 * were found, what was not declared and hence not checked.
 *
 * ```
 * model ─ fields ─┬─ prediction, versions, names ─→ exported loss ─→ restated, renamed ─┐
 *                 └─ bytes of the graph ──────────────────────────────────────────────→ spliced
 * ```
 */
export function attachment(model: Uint8Array, spec: LossSpec, options: AttachOptions): Attachment {
  const { prediction: _, names = {}, ...exportOptions } = options;
  refuseOthers(options);
  const plan = planOf(spec);
  const foreign = foreignModel(model);
  const prediction = predictionOf(foreign.graph, plan, options);
  const versions = versionsOf(foreign.content);
  const { spatialRank, dtype } = prediction;
  const opset = versions.exported;
  const exported = exportLoss(plan, { ...exportOptions, spatialRank, dtype, opset });
  const taken = takenNames(foreign.graph);
  const graph = addedGraph(exported, prediction, versions, taken, names);
  const added = { ...graph, metadata: beside(foreign.content, graph.metadata) };
  const bytes = spliced(foreign, added, versions);
  const sizes = { before: model.length, after: bytes.length };
  return { model: bytes, report: reportOf(foreign, prediction, added, versions, sizes) };
}

/** Options of an export that a loss in a model does not have. */
const ofModels: Readonly<Record<string, string>> = {
  opset: 'the loss stands in the opset of the model',
  form: 'the loss stands in the graph',
  blockSize: 'the loss takes all voxels at once',
};

function refuseOthers(options: object): void {
  const others = Object.entries(options).filter(([name]) => Object.hasOwn(ofModels, name));
  if (others.length === 0) return;
  throw new AttachError(
    others.map(([path, value]) => ({
      path,
      expected: `none: ${ofModels[path]}`,
      received: shown(value),
      fix: 'remove it',
    })),
  );
}

/** Metadata under keys that the model does not have, without what it says already. */
function beside(
  { metadataProps }: ModelProto,
  metadata: AddedGraph['metadata'],
): AddedGraph['metadata'] {
  const free = freeNames(new Set(metadataProps.map(({ key }) => key)));
  return metadata
    .filter(
      (own) => !metadataProps.some(({ key, value }) => key === own.key && value === own.value),
    )
    .map((own) => ({ ...own, key: free(own.key) }));
}
