import type { PredictionSizes } from '../activations/activation.js';
import { activations } from '../activations/activation.js';
import type { CrossEntropyTerm } from './cross-entropy-term.js';

/** The cross-entropy of one voxel and channel as a function of t and of a variable u. */
export interface Surprise {
  /** u over all channels: log p for a softmax, the logit for a sigmoid, else p. */
  readonly variable: (prediction: Float64Array, sizes: PredictionSizes) => Float64Array;
  readonly value: (u: number, t: number) => number;
  /** Derivative by u. */
  readonly slope: (u: number, t: number) => number;
  /** Derivative by the prediction of a function of u whose derivative by u is `slope`. */
  readonly pullback: (
    prediction: Float64Array,
    slope: Float64Array,
    sizes: PredictionSizes,
  ) => Float64Array;
}

/** `log(1 + e^x) = -log σ(-x)`, the exponential on the side where it is small. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** `σ(x) = e^{-log(1 + e^-x)}`. */
function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

/** `γ b^{γ-1}`, 0 for γ = 0. */
function powerSlope(base: number, exponent: number): number {
  return exponent === 0 ? 0 : exponent * base ** (exponent - 1);
}

/**
 * With `u = log p`: `-t (1 - e^u)^γ u`, by u `t (γ (1 - e^u)^{γ-1} e^u u - (1 - e^u)^γ)`.
 * `1 - e^u` is taken without cancellation. By logit k, `∂u_c = [c = k] - p_k`.
 *
 * Source: MONAI `softmax_focal_loss`; γ = 0 is torch `cross_entropy`.
 */
function softmaxSurprise({ focus }: CrossEntropyTerm): Surprise {
  return {
    variable: logSoftmax,
    value: (u, t) => -t * (-Math.expm1(u)) ** focus * u,
    slope: (u, t) => {
      const rest = -Math.expm1(u);
      return t * (powerSlope(rest, focus) * Math.exp(u) * u - rest ** focus);
    },
    pullback: (prediction, slope, sizes) => {
      const { channels, voxels } = sizes;
      const p = activations.softmax.value(prediction, sizes);
      return p.map((value, at) => {
        const sample = Math.floor(at / (channels * voxels));
        const first = sample * channels * voxels + (at % voxels);
        let total = 0;
        for (let other = 0; other < channels; other += 1) {
          total += slope[first + other * voxels] ?? 0;
        }
        return (slope[at] ?? 0) - value * total;
      });
    },
  };
}

/** `x_c - m - log Σ_k e^{x_k - m}`, m the largest logit. */
function logSoftmax(
  prediction: Float64Array,
  { samples, channels, voxels }: PredictionSizes,
): Float64Array {
  const logs = new Float64Array(prediction.length);
  for (let sample = 0; sample < samples; sample += 1) {
    for (let voxel = 0; voxel < voxels; voxel += 1) {
      const first = sample * channels * voxels + voxel;
      const logits = Array.from(
        { length: channels },
        (_, channel) => prediction[first + channel * voxels] ?? 0,
      );
      const peak = Math.max(...logits);
      const total = Math.log(logits.reduce((sum, x) => sum + Math.exp(x - peak), 0));
      logits.forEach((x, channel) => {
        logs[first + channel * voxels] = x - peak - total;
      });
    }
  }
  return logs;
}

/**
 * With u the logit x, `p = σ(x)`, `q = σ(-x)`: `a t q^γ s(-x) + (1 - t) p^γ s(x)`, `s = softplus`;
 * by x `-a t q^γ (γ p s(-x) + q) + (1 - t) p^γ (γ q s(x) + p)`, since `p' = pq` and `q' = -pq`.
 *
 * Source: MONAI `sigmoid_focal_loss`; γ = 0 is torch `binary_cross_entropy_with_logits`.
 */
function sigmoidSurprise({ focus, positive }: CrossEntropyTerm): Surprise {
  return {
    variable: (prediction) => prediction,
    value: (x, t) =>
      positive * t * sigmoid(-x) ** focus * softplus(-x) +
      (1 - t) * sigmoid(x) ** focus * softplus(x),
    slope: (x, t) => {
      const [p, q] = [sigmoid(x), sigmoid(-x)];
      const present = q ** focus * (focus * p * softplus(-x) + q);
      const absent = p ** focus * (focus * q * softplus(x) + p);
      return (1 - t) * absent - positive * t * present;
    },
    pullback: (_, slope) => slope,
  };
}

/**
 * With u = p and `l(p) = log max(p, f)`: `-a t (1 - p)^γ l(p) - (1 - t) p^γ l(1 - p)`, without the
 * second part where the classes are exclusive; `l' = 1 / p` above f, 0 below it, half of it at f.
 */
function plainSurprise({ focus, positive, floor, distribution }: CrossEntropyTerm): Surprise {
  const log = (p: number): number => Math.log(Math.max(p, floor));
  const logSlope = (p: number): number => (p > floor ? 1 / p : p < floor ? 0 : 0.5 / p);
  /** `-(1 - p)^γ l(p)`. */
  const one = (p: number): number => -((1 - p) ** focus) * log(p);
  const oneSlope = (p: number): number =>
    powerSlope(1 - p, focus) * log(p) - (1 - p) ** focus * logSlope(p);
  const other = distribution === 'bernoulli' ? 1 : 0;
  return {
    variable: (prediction) => prediction,
    value: (p, t) => positive * t * one(p) + other * (1 - t) * one(1 - p),
    slope: (p, t) => positive * t * oneSlope(p) - other * (1 - t) * oneSlope(1 - p),
    pullback: (_, slope) => slope,
  };
}

const table: {
  readonly [K in CrossEntropyTerm['activation']]: (term: CrossEntropyTerm) => Surprise;
} = { softmax: softmaxSurprise, sigmoid: sigmoidSurprise, none: plainSurprise };

/** The cross-entropy of a voxel for a term. */
export function surpriseOf(term: CrossEntropyTerm): Surprise {
  return table[term.activation](term);
}
