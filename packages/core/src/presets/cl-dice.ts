import type { LossSpec, TermSpec } from '../spec/loss.js';
import { combine } from './combine.js';
import type { OverlapOptions } from './options.js';
import { dice } from './presets.js';

type Term = Extract<TermSpec, { readonly kind: 'centerline-dice' }>;

/** Everything that {@link clDice} leaves open: target, voxels, and the choices of its term. */
export type ClDiceOptions = Omit<LossSpec, 'terms' | 'format'> & Omit<Term, 'kind'>;

/**
 * clDice: `1 - 2 Tprec Tsens / (Tprec + Tsens)`, with `Tprec = (sum S(p) t + s) / (sum S(p) + s)`,
 * `Tsens = (sum S(t) p + s) / (sum S(t) + s)` and S the soft skeleton; in [0, 1] for p and t in [0, 1].
 *
 * Defaults: one-hot target, no activation, all classes, a score per sample and class, 3 iterations,
 * s = 1. MONAI and the authors' code score all classes and samples at once, MONAI without channel 0:
 * `clDice({ per: 'everything', classes: 'foreground' })`. Needs 2 or 3 spatial axes.
 * Source: Shit et al. 2021, arXiv:2003.07311; MONAI `SoftclDiceLoss`.
 *
 * @example
 * ```ts
 * clDice({ target: 'binary', activation: 'sigmoid', iterations: 5 });
 * ```
 */
export function clDice(options: ClDiceOptions = {}): LossSpec {
  const { target, voxels, rescale, ...term } = options;
  return {
    ...(target === undefined ? {} : { target }),
    ...(voxels === undefined ? {} : { voxels }),
    ...(rescale === undefined ? {} : { rescale }),
    terms: [{ ...term, kind: 'centerline-dice' }],
  };
}

type Shared = 'target' | 'voxels' | 'rescale' | 'activation' | 'classes' | 'per';

/** What Dice and clDice share, and what each has of its own, in {@link diceClDice}. */
export interface DiceClDiceOptions extends Pick<ClDiceOptions, Shared> {
  /** Weight of clDice, that of Dice being `1 - alpha`; 0.5 by default. */
  readonly alpha?: number;
  readonly dice?: Omit<OverlapOptions, Shared>;
  readonly clDice?: Omit<ClDiceOptions, Shared>;
}

/**
 * `(1 - alpha) Dice + alpha clDice`: the one keeps the volume, the other the connections.
 *
 * Source: Shit et al. 2021, arXiv:2003.07311, equation 4; MONAI `SoftDiceclDiceLoss`.
 *
 * @example
 * ```ts
 * diceClDice({ target: 'binary', activation: 'sigmoid', alpha: 0.3 });
 * ```
 */
export function diceClDice(options: DiceClDiceOptions = {}): LossSpec {
  const { alpha = 0.5, dice: overlap, clDice: centerline, ...shared } = options;
  return combine([
    [1 - alpha, dice({ ...shared, ...overlap })],
    [alpha, clDice({ ...shared, ...centerline })],
  ]);
}
