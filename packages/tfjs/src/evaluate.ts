import type { LossSpec } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import { checkCotangent } from './check.js';
import { checker } from './checker.js';
import { chosenPasses } from './chosen-passes.js';
import type { GradientInputs } from './direct-gradient.js';
import { completeOptions, type LossOptions } from './options.js';

/** Loss and scores of a term, before its weight. */
export type TermEvaluation = {
  readonly loss: tf.Tensor;
  readonly scores: tf.Tensor;
};

/** Everything that a loss says about its inputs. */
export type Evaluation = {
  /** Shape `[]`, or that of the grid, `[N, C]`, `[C]` or `[N]`, where the reduction leaves it. */
  readonly loss: tf.Tensor;
  /** d(sum of cotangent * loss) / d prediction, shaped like the prediction. */
  readonly gradient: tf.Tensor;
  /** Scores of the first term, on its grid of samples and scored classes. */
  readonly scores: tf.Tensor;
  /** Voxel sums of every term by `<term>.<symbol>`. */
  readonly statistics: Readonly<Record<string, tf.Tensor>>;
  readonly terms: Readonly<Record<string, TermEvaluation>>;
};

/**
 * Makes a function that computes loss, gradient, scores and voxel sums, for looking into a loss.
 *
 * Shapes are those of {@link lossFunction}. The caller disposes the results, best with `tf.dispose`.
 *
 * @throws SpecError - at once, where the spec is none; lists every violation.
 * @throws InputError - for unknown options; later, from the function, for tensors that do not fit the
 *   spec, before any of them is touched.
 *
 * @example
 * ```ts
 * const { scores } = evaluate(dice({ target: 'labels' }))({ prediction, target });
 * ```
 */
export function evaluate(
  spec: LossSpec,
  options: LossOptions = {},
): (inputs: GradientInputs) => Evaluation {
  const complete = completeOptions(options);
  const chosen = chosenPasses(spec, complete);
  const check = checker(chosen, complete);
  const { layout, at } = chosen;
  return (inputs) => {
    check(inputs);
    const { shape } = inputs.prediction;
    const passes = at(shape);
    checkCotangent(passes.program, layout, shape, inputs.cotangent);
    const { terms } = passes.program.head;
    return tf.tidy(() => {
      const forward = passes.forward(inputs, 'gradient');
      const loss = forward.head(passes.program.head.loss);
      const evaluated = terms.map(({ name, loss, scores }): readonly [string, TermEvaluation] => [
        name,
        { loss: forward.head(loss), scores: forward.head(scores) },
      ]);
      const [first] = evaluated;
      const { shape } = inputs.prediction;
      return {
        loss,
        gradient: forward.backward(inputs, forward.saved, inputs.cotangent, shape),
        scores: first === undefined ? loss : first[1].scores,
        statistics: forward.statistics(),
        terms: Object.fromEntries(evaluated),
      };
    });
  };
}
