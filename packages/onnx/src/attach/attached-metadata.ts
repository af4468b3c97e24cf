import type { Prediction } from './prediction.js';

/** Where a model says what a loss was attached to, and under which names. */
export const attachedKey = 'softdice.attached';

/** What a model says about a loss that was attached to it. */
export function attachedMetadata(
  { name }: Prediction,
  names: ReadonlyMap<string, string>,
): { readonly key: string; readonly value: string } {
  const own = Object.fromEntries([...names].filter(([own]) => own !== 'prediction'));
  return { key: attachedKey, value: JSON.stringify({ prediction: name, names: own }) };
}
