import { dice, type OverlapOptions } from '@softdice/core';
import { argumentsOf } from './arguments.js';
import { korniaChoices } from './kornia-choices.js';
import type { PeerBuilder } from './peer-loss.js';

/** The one-hot target becomes `t (1 - e) + e`. */
const offset = 1e-6;

/**
 * kornia `dice_loss`: `1 - 2I / (P + T + eps)` per sample over a smoothed one-hot target. 'micro' has
 * the classes in one ratio, prediction and target multiplied by their weights; 'macro' averages.
 *
 * Source: kornia 0.9.0 at b4f5a78, kornia/losses/dice.py and one_hot.py.
 */
export const korniaDice: PeerBuilder = (golden) => {
  const args = argumentsOf(golden, ['average', 'eps', 'weight', 'ignore_index']);
  const choices = korniaChoices(golden, args);
  if ('notOurs' in choices) return choices;
  const values = args.numbers('weight');
  if (values?.every((value) => value === 0)) return { notOurs: 'weights that are all 0' };
  const spec = dice({
    ...choices.options,
    rescale: { scale: 1 - offset, offset },
    ...averageOf(args.word('average') ?? 'micro', values),
  });
  return { spec, ...choices.inputs };
};

function averageOf(
  word: string,
  values: readonly number[] | undefined,
): Pick<OverlapOptions, 'per' | 'weights'> {
  if (word !== 'micro' && word !== 'macro') throw new TypeError(`kornia has no average ${word}`);
  const per = word === 'micro' ? 'merged-image' : 'image';
  if (values === undefined) return { per };
  const given = { kind: 'given', values } as const;
  return {
    per,
    weights:
      word === 'micro'
        ? { ...given, on: 'both-factors' }
        : { ...given, on: 'loss', normalise: 'weighted-mean' },
  };
}
