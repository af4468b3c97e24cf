import { type LossSpec, planOf } from '@softdice/core';
import { checkShapes, checkValues, type LossInputs } from './inputs/check-inputs.js';
import { sizesOf, voxelData } from './inputs/voxel-data.js';
import { compensatedSum } from './numeric/compensated-sum.js';
import { type Float64Tensor, sizeOf } from './tensor.js';
import { termRule } from './terms/term.js';

/** A term's share of the loss, before its weight. */
export interface TermEvaluation {
  readonly loss: Float64Tensor;
  readonly scores: Float64Tensor;
}

/** What a loss is worth on given inputs. */
export interface Evaluation {
  /** Shape `[]`, or the grid with reduction 'none', or `[N]` with 'class-mean'. */
  readonly loss: Float64Tensor;
  /** Derivative of `Σ cotangent · loss` by the prediction, shaped like it. */
  readonly gradient: Float64Tensor;
  /** The index of each cell of the first term's grid: weights on the score left out, those in the sums included. */
  readonly scores: Float64Tensor;
  /** The voxel sums of every term, keyed `<term name>.<symbol>`. */
  readonly statistics: Readonly<Record<string, Float64Tensor>>;
  /** The terms by name. */
  readonly terms: Readonly<Record<string, TermEvaluation>>;
}

/**
 * Evaluates a loss and its gradient in double precision with compensated sums.
 *
 * `loss = Σ weight · term`; `gradient = d(Σ cotangent · loss) / d prediction`.
 * Source: the definitions of the spec and the sources cited by each variant, read independently of
 * the lowering in core.
 *
 * @param spec - The loss.
 * @param inputs - Prediction `[N, C, ...spatial]`, target, and mask and cotangent where wanted.
 * @throws SpecError - where the spec is none.
 * @throws InputError - where the inputs do not fit the spec; lists every violation at once.
 */
export function evaluate(spec: LossSpec, inputs: LossInputs): Evaluation {
  const plan = planOf(spec);
  checkShapes(plan, inputs);
  const { prediction, target, mask, cotangent } = inputs;
  const sizes = sizesOf(prediction.shape);
  const [first] = plan.terms;
  const shape = first === undefined ? [] : termRule(first).lossShape(first, sizes);
  checkValues(plan, inputs, shape);

  const data = voxelData(plan, prediction, target, mask);
  const terms = plan.terms.map((term) => ({ term, value: termRule(term).evaluate(term, data) }));
  const count = sizeOf(shape);
  const loss = Float64Array.from({ length: count }, (_, at) =>
    compensatedSum(terms.length, (one) => {
      const { term, value } = terms[one] ?? {};
      return (term?.weight ?? 0) * (value?.loss.data[at] ?? 0);
    }),
  );
  const outer = cotangent?.data ?? new Float64Array(count).fill(1);
  const gradient = new Float64Array(data.prediction.length);
  for (const { term, value } of terms) {
    const slopes = value.pullback(Float64Array.from(outer, (factor) => factor * term.weight));
    for (let at = 0; at < gradient.length; at += 1) {
      gradient[at] = (gradient[at] ?? 0) + (slopes[at] ?? 0);
    }
  }
  return {
    loss: { shape, data: loss },
    gradient: { shape: prediction.shape, data: data.masked?.planes(gradient) ?? gradient },
    scores: terms[0]?.value.scores ?? { shape: [], data: new Float64Array() },
    statistics: Object.fromEntries(
      terms.flatMap(({ term, value }) =>
        Object.entries(value.statistics).map(([symbol, sums]) => [`${term.name}.${symbol}`, sums]),
      ),
    ),
    terms: Object.fromEntries(
      terms.map(({ term, value }) => [term.name, { loss: value.loss, scores: value.scores }]),
    ),
  };
}
