import * as tf from '@tensorflow/tfjs';
import { alias } from './layout.js';

/**
 * Makes the lists that tf.customGrad's `save` takes, for tensors that are saved without a copy.
 *
 * Where a tape records, `save` keeps `tensors.map(clone)`, and a clone copies on the wasm backend. These lists map to
 * aliases instead: they share the data of the tensors, which lives for as long as one of both does.
 *
 * The tape disposes what it has saved when the gradient is there. It does not where an error ends it, or where the
 * loss does not lead to what is asked for. A gradient is taken without a pause, so that no tape needs its tensors any
 * more once something else has its turn: what is left by then is disposed.
 */
export function savedAliases(): (tensors: readonly tf.Tensor[]) => tf.Tensor[] {
  let kept: readonly tf.Tensor[] = [];
  const dispose = (): void => {
    tf.dispose([...kept]);
    kept = [];
  };
  return (tensors) => {
    const map = (): tf.Tensor[] => {
      const aliases = tensors.map((tensor) => tf.keep(alias(tensor)));
      if (kept.length === 0) void Promise.resolve().then(dispose);
      // Many steps may be taken without a pause; those before this one are disposed.
      kept = [...kept.filter(({ isDisposed }) => !isDisposed), ...aliases];
      return aliases;
    };
    return Object.assign([...tensors], { map });
  };
}
