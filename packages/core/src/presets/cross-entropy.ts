import type { LossSpec, TermSpec } from '../spec/loss.js';
import { combine } from './combine.js';
import type { OverlapOptions } from './options.js';
import { dice } from './presets.js';

type Term = Extract<TermSpec, { readonly kind: 'cross-entropy' }>;

/** Everything that {@link crossEntropy} leaves open: target, voxels, and the choices of its term. */
export type CrossEntropyOptions = Omit<LossSpec, 'terms' | 'format'> & Omit<Term, 'kind'>;

/**
 * Cross-entropy: with softmax `-t log p` summed over the classes, with sigmoid
 * `-t log p - (1 - t) log(1 - p)` averaged over them; averaged over the voxels that count.
 *
 * Defaults: one-hot target, softmax; all classes.
 * Source: Good 1952; torch `CrossEntropyLoss`, and `BCEWithLogitsLoss` with activation sigmoid.
 *
 * @example
 * ```ts
 * crossEntropy({ target: 'labels', weights: { kind: 'given', values: [0.5, 1, 1] } });
 * ```
 */
export function crossEntropy(options: CrossEntropyOptions = {}): LossSpec {
  const { target, voxels, rescale, ...term } = options;
  const { activation = 'softmax' } = term;
  const binary = activation === 'sigmoid' || kindOf(target) === 'binary';
  const distribution = term.distribution ?? (binary ? 'bernoulli' : 'categorical');
  const reduction = distribution === 'bernoulli' ? 'mean' : 'class-sum';
  return {
    ...(target === undefined ? {} : { target }),
    ...(voxels === undefined ? {} : { voxels }),
    ...(rescale === undefined ? {} : { rescale }),
    terms: [{ activation, reduction, ...term, distribution, kind: 'cross-entropy' }],
  };
}

/** Exponent of {@link focal}. */
export interface FocalOptions extends CrossEntropyOptions {
  /** Exponent of the focal factors; 2 by default. */
  readonly gamma?: number;
}

/**
 * Focal loss: {@link crossEntropy} with `(1 - p)^gamma` before `-log p`, and `p^gamma` before
 * `-log(1 - p)`; the mean over classes and voxels, gamma 2 and sigmoid by default.
 *
 * Source: Lin et al. 2017, arXiv:1708.02002; MONAI `FocalLoss`.
 */
export function focal(options: FocalOptions = {}): LossSpec {
  const { gamma = 2, ...rest } = options;
  return crossEntropy({ activation: 'sigmoid', reduction: 'mean', focus: gamma, ...rest });
}

/** Share of voxels that {@link topK} averages. */
export interface TopKOptions extends Omit<CrossEntropyOptions, 'hardest'> {
  /** Percent of the voxels of the batch; 10 by default. */
  readonly percent?: number;
}

/**
 * Top-k cross-entropy: the mean of {@link crossEntropy} over the voxels of the batch where it is
 * largest, `k = max(1, floor(N percent / 100))` of N.
 *
 * Source: Wu et al. 2016, arXiv:1605.06885; nnU-Net `TopKLoss`.
 *
 * @example
 * ```ts
 * topK({ target: 'labels', percent: 20 });
 * ```
 */
export function topK(options: TopKOptions = {}): LossSpec {
  const { percent = 10, ...rest } = options;
  return crossEntropy({ average: 'voxels', ...rest, hardest: percent });
}

/** What Dice and cross-entropy share, and what each has of its own, in {@link diceCrossEntropy}. */
export interface DiceCrossEntropyOptions
  extends Pick<CrossEntropyOptions, 'target' | 'voxels' | 'rescale' | 'activation'> {
  readonly dice?: Omit<OverlapOptions, 'target' | 'voxels' | 'rescale' | 'activation'>;
  readonly crossEntropy?: Omit<CrossEntropyOptions, 'target' | 'voxels' | 'rescale' | 'activation'>;
}

/**
 * Dice and cross-entropy, added: weights 1 and 1 by default, softmax by default.
 *
 * Source: Isensee et al. 2021, Nature Methods 18:203-211; MONAI `DiceCELoss`.
 *
 * @example
 * ```ts
 * diceCrossEntropy({ target: 'labels', dice: { classes: 'foreground', per: 'batch' } });
 * ```
 */
export function diceCrossEntropy(options: DiceCrossEntropyOptions = {}): LossSpec {
  const { dice: overlap, crossEntropy: entropy, activation = 'softmax', ...shared } = options;
  return combine([
    [1, dice({ ...shared, activation, ...overlap })],
    [1, crossEntropy({ ...shared, activation, ...entropy })],
  ]);
}

/** What Dice and top-k cross-entropy share, and what each has of its own, in {@link diceTopK}. */
export interface DiceTopKOptions extends Omit<DiceCrossEntropyOptions, 'crossEntropy'> {
  readonly topK?: Omit<TopKOptions, 'target' | 'voxels' | 'rescale' | 'activation'>;
}

/**
 * Dice and {@link topK}, added: weights 1 and 1, softmax and 10 % by default.
 *
 * Source: nnU-Net `DC_and_topk_loss`.
 *
 * @example
 * ```ts
 * diceTopK({ target: 'labels', topK: { percent: 20 } });
 * ```
 */
export function diceTopK(options: DiceTopKOptions = {}): LossSpec {
  const { dice: overlap, topK: entropy, activation = 'softmax', ...shared } = options;
  return combine([
    [1, dice({ ...shared, activation, ...overlap })],
    [1, topK({ ...shared, activation, ...entropy })],
  ]);
}

function kindOf(tagged: LossSpec['target']): string | undefined {
  return typeof tagged === 'object' ? tagged.kind : tagged;
}
