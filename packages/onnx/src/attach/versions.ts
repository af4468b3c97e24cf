import type { ModelProto } from 'onnx-buf';
import { type Opset, opsets } from '../opset.js';
import { refused } from './attach-error.js';
import { oldestOpset } from './restate.js';

/** Which versions a model has, and in which a loss is written into it. */
export interface Versions {
  /** The standard operators of the model; none where it imports other domains alone. */
  readonly opset: number | undefined;
  /** The version in which the loss is exported. */
  readonly exported: Opset;
  /** The version in which its nodes stand in the model: that of the model. */
  readonly written: number;
  readonly irVersion: { readonly before: bigint; readonly after: bigint };
}

/** Since this version of the container a constant need not be an input as well. */
const constantsAlone = 4n;

/**
 * Decides in which versions a loss is written: in those of the model, for one model has one version of
 * the standard operators.
 *
 * @throws AttachError - if the model's operators are too old or newer than what is known.
 */
export function versionsOf({ opsetImport, irVersion }: ModelProto): Versions {
  const imported = opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx');
  const opset = imported === undefined ? undefined : Number(imported.version);
  // What is older than every export is restated from the oldest one.
  const exported = opsets.find((each) => each >= (opset ?? 0));
  if (exported === undefined || (opset !== undefined && opset < oldestOpset)) {
    const newest = Math.max(...opsets);
    const fix =
      exported === undefined
        ? `export the model with opset ${newest}, or take a later version of softdice`
        : 'export the model again with opset 17, or convert it with onnx.version_converter';
    throw refused('model', `an opset from ${oldestOpset} to ${newest}`, `opset ${opset}`, fix);
  }
  const after = irVersion < constantsAlone ? constantsAlone : irVersion;
  return {
    opset,
    exported,
    written: opset ?? exported,
    irVersion: { before: irVersion, after },
  };
}
