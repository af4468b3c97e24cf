import {
  clDice,
  crossEntropy,
  dice,
  diceClDice,
  diceCrossEntropy,
  diceTopK,
  exponentialLogarithmic,
  exponentialLogarithmicDice,
  fBeta,
  focal,
  focalDice,
  focalTversky,
  generalizedDice,
  jaccard,
  type LossSpec,
  logCoshDice,
  noiseRobustDice,
  parseSpec,
  penaltyGeneralizedDice,
  SpecError,
  sensitivitySpecificity,
  shown,
  softDice,
  topK,
  tversky,
  unifiedFocal,
  unifiedFocalCrossEntropy,
  unifiedFocalTversky,
  vnet,
  wassersteinDice,
} from '@softdice/core';
import { misused } from './usage-error.js';

const presets: Readonly<Record<string, (options: never) => LossSpec>> = {
  clDice,
  crossEntropy,
  dice,
  diceClDice,
  diceCrossEntropy,
  diceTopK,
  exponentialLogarithmic,
  exponentialLogarithmicDice,
  fBeta,
  focal,
  focalDice,
  focalTversky,
  generalizedDice,
  jaccard,
  logCoshDice,
  noiseRobustDice,
  penaltyGeneralizedDice,
  sensitivitySpecificity,
  softDice,
  topK,
  tversky,
  unifiedFocal,
  unifiedFocalCrossEntropy,
  unifiedFocalTversky,
  vnet,
  wassersteinDice,
};

/** The losses that people know by name. */
export const presetNames: readonly string[] = Object.keys(presets);

/** Whether a text is the name of a preset. */
export function isPreset(name: string): boolean {
  return Object.hasOwn(presets, name);
}

/**
 * A preset with options that a user wrote; whatever they are, the result is checked as a spec.
 *
 * @throws UsageError - for an unknown name, or options that the preset cannot read.
 * @throws SpecError - for options that make no loss.
 */
export function presetSpec(name: string, options: Readonly<Record<string, unknown>>): LossSpec {
  const preset = isPreset(name) ? presets[name] : undefined;
  if (preset === undefined) {
    throw misused('preset', `one of ${presetNames.join(', ')}`, shown(name));
  }
  try {
    // What is not an option of the preset is refused with the spec that it makes.
    return parseSpec(preset(options as never));
  } catch (error) {
    if (error instanceof SpecError || !(error instanceof TypeError)) throw error;
    throw misused(`options of ${name}`, 'those that the preset has', shown(options));
  }
}
