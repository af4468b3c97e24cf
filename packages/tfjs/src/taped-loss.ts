import { InputError } from '@softdice/core';
import * as tf from '@tensorflow/tfjs';
import type { PassesOfPlan } from './passes.js';
import type { LossTensors } from './placement.js';
import { savedAliases } from './saved-aliases.js';

/** A loss as tfjs layers and optimizers call it. */
export type LossFunction = (
  target: tf.Tensor,
  prediction: tf.Tensor,
  mask?: tf.Tensor,
) => tf.Tensor;

/**
 * A loss whose gradient tfjs's tape takes from the loss's own program.
 *
 * @param check - Throws for tensors that do not fit, before any of them is touched.
 */
export function tapedLoss(
  { at }: PassesOfPlan,
  check: (inputs: LossTensors) => void,
): LossFunction {
  const aliased = savedAliases();
  return unsaved((target, prediction, mask) => {
    check({ prediction, target, mask });
    const passes = at(prediction.shape);
    const read = mask === undefined ? [target] : [target, mask];
    const differentiable = tf.customGrad((x, save) => {
      const {
        head,
        saved: kept,
        backward,
      } = passes.forward({ prediction: x as tf.Tensor, target, mask }, 'whatever');
      const value = head(passes.program.head.loss);
      // Target and mask are saved too: tensors made inside the differentiated function are disposed
      // before the backward pass.
      (save as tf.GradSaveFunc)(aliased([...read, ...kept]));
      const gradFunc = (cotangent: tf.Tensor, saved: readonly tf.Tensor[]): tf.Tensor => {
        const [savedTarget = target, savedMask] = saved.slice(0, read.length);
        const inputs = { target: savedTarget, mask: savedMask };
        return withoutGradient([cotangent, prediction, ...read], () =>
          backward(inputs, saved.slice(read.length), cotangent, prediction.shape),
        );
      };
      return { value, gradFunc };
    });
    return differentiable(prediction);
  });
}

/** What f computes of tensors; where a gradient of it is asked for, it is refused. */
function withoutGradient(of: readonly tf.Tensor[], f: () => tf.Tensor): tf.Tensor {
  const gradFunc = (): never => {
    const expected = 'a first derivative of the loss';
    const fix = 'take no gradient of what its gradient leads to';
    throw new InputError([{ path: 'gradient', expected, received: 'a second one', fix }]);
  };
  return tf.customGrad(() => ({ value: f(), gradFunc }))(...of);
}

/**
 * The same function, which throws where tfjs would save it: `model.save(…, { includeOptimizer: true })` takes
 * a function for an object of names by output, and would write what it finds in it.
 */
function unsaved(loss: LossFunction): LossFunction {
  return Object.defineProperty(loss, 'saved', {
    enumerable: true,
    get: () => {
      const expected = 'false for a model whose loss is a function';
      const fix =
        'keep the loss by withLoss(model, spec), save without the optimizer, and compile with lossOf(model)';
      throw new InputError([{ path: 'includeOptimizer', expected, received: 'true', fix }]);
    },
  });
}
