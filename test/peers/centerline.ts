import { clDice, combine, dice } from '@softdice/core';
import type { GoldenCase } from './golden-case.js';
import type { NotOurs, PeerLoss } from './peer-loss.js';

/** The choices of a peer's clDice. */
export interface Centerline {
  readonly iterations: number;
  readonly smoothing: number;
  readonly foreground: boolean;
  /** Of Dice and clDice together: the weight of clDice, and the smoothing of Dice. */
  readonly withDice?: { readonly alpha: number; readonly smoothing: number };
}

/** Peers score all classes and samples at once, and apply no activation. */
export function centerlineLoss(golden: GoldenCase, choices: Centerline): PeerLoss | NotOurs {
  const { iterations, foreground, withDice } = choices;
  const [, channels = 1, ...spatial] = golden.input.shape;
  if (spatial.length !== 2 && spatial.length !== 3) {
    return { notOurs: `${spatial.length} spatial axes have no skeleton` };
  }
  const nothing = foreground && channels === 1;
  const shared = {
    target: golden.target.kind === 'soft' ? 'soft' : 'multilabel',
    classes: foreground && !nothing ? 'foreground' : 'all',
    per: 'everything',
  } as const;
  // Without smoothing the peers' ratios may be 0/0; a spec has at least 1e-16.
  const smoothing = Math.max(choices.smoothing, 1e-16);
  // Sums over no class give ratios of s / s: a loss of 0.
  const weight = nothing ? 0 : 1;
  const centerline = clDice({ ...shared, iterations, smoothing, weight });
  const inputs = { prediction: golden.input, target: golden.target };
  if (withDice === undefined) return { spec: centerline, ...inputs };
  const { alpha, smoothing: s } = withDice;
  const floor = s > 0 ? 0 : 1e-12;
  const overlap = dice({ ...shared, weight, smoothing: { numerator: s, denominator: s, floor } });
  const spec = combine([
    [1 - alpha, overlap],
    [alpha, centerline],
  ]);
  return { spec, ...inputs };
}
