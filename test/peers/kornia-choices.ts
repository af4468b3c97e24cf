import type { OverlapOptions } from '@softdice/core';
import type { Arguments } from './arguments.js';
import type { GoldenCase } from './golden-case.js';
import type { NotOurs, PeerLoss } from './peer-loss.js';

/** What the shared arguments choose. */
export interface KorniaChoices {
  readonly inputs: Pick<PeerLoss, 'prediction' | 'target'>;
  readonly options: OverlapOptions;
}

/**
 * The choices that kornia's overlap losses share: softmax, labels, -100 ignored unless told
 * otherwise, eps in the denominator.
 *
 * Source: kornia 0.9.0 at b4f5a78, kornia/losses/_utils.py (`mask_ignore_pixels`).
 */
export function korniaChoices(golden: GoldenCase, args: Arguments): KorniaChoices | NotOurs {
  if (golden.input.shape[1] === 1) return { notOurs: 'softmax of one channel is 1 everywhere' };
  const ignore = 'ignore_index' in golden.args ? args.number('ignore_index') : -100;
  const eps = args.number('eps') ?? 1e-8;
  return {
    inputs: { prediction: golden.input, target: golden.target },
    options: {
      target: { kind: 'labels', ...(ignore === undefined ? {} : { ignore }) },
      activation: 'softmax',
      smoothing: { numerator: 0, denominator: eps, floor: eps === 0 ? 1e-12 : 0 },
    },
  };
}
