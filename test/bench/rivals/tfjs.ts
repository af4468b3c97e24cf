import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Kernels, type Layout, lossFunction, valueAndGradient } from '@softdice/tfjs';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { Problem } from '../problem.js';
import type { Entry, Rival } from '../rival.js';

type Backend = 'wasm' | 'cpu';

/** softdice on a backend of tfjs. */
export function softdice(backend: Backend, layout: Layout, kernels: Kernels, most?: number): Entry {
  const path = kernels === 'ops' ? 'op table' : 'fused';
  return {
    name: `softdice ${path}, tfjs-${backend}, ${layout}`,
    ...(most === undefined ? {} : { most }),
    start: async (problem) => {
      await use(backend);
      const inputs = tensorsOf(problem, layout);
      const step = valueAndGradient(problem.spec, { layout, kernels });
      return measured(backend, inputs, () => step(inputs));
    },
  };
}

/** The same on tfjs's tape, as an optimizer takes it. */
export function taped(backend: Backend, layout: Layout): Entry {
  return {
    name: `softdice fused on the tape, tfjs-${backend}, ${layout}`,
    start: async (problem) => {
      await use(backend);
      const inputs = tensorsOf(problem, layout);
      const loss = lossFunction(problem.spec, { layout, kernels: 'fused' });
      const step = tf.valueAndGrad((prediction: tf.Tensor) => loss(inputs.target, prediction));
      return measured(backend, inputs, () => {
        const { value, grad } = step(inputs.prediction);
        return { value, gradient: grad };
      });
    },
  };
}

/** The loss as users write it today, channels last. */
export function handWritten(backend: Backend, most?: number): Entry {
  return {
    name: `hand-written tfjs, ${backend}, channelsLast`,
    ...(most === undefined ? {} : { most }),
    start: async (problem) => {
      await use(backend);
      const inputs = tensorsOf(problem, 'channelsLast');
      const loss = handWrittenDice(problem, inputs.target);
      const step = tf.valueAndGrad(loss);
      return measured(backend, inputs, () => {
        const { value, grad } = step(inputs.prediction);
        return { value, gradient: grad };
      });
    },
  };
}

function handWrittenDice({ channels, spatial }: Problem, target: tf.Tensor) {
  const axes = spatial.map((_, at) => at + 1);
  return (logits: tf.Tensor): tf.Tensor => {
    const p = channels === 1 ? tf.sigmoid(logits) : tf.softmax(logits);
    const t =
      channels === 1
        ? tf.cast(tf.expandDims(target, -1), 'float32')
        : tf.mul(tf.cast(tf.oneHot(tf.cast(target, 'int32'), channels), 'float32'), 1);
    const intersection = tf.sum(tf.mul(p, t), axes);
    const total = tf.add(tf.sum(p, axes), tf.sum(t, axes));
    const score = tf.div(tf.add(tf.mul(2, intersection), 1e-5), tf.add(total, 1e-5));
    return tf.mean(tf.sub(1, score));
  };
}

interface Inputs {
  readonly prediction: tf.Tensor;
  readonly target: tf.Tensor;
}

function tensorsOf(
  { samples, channels, spatial, first, last, labels }: Problem,
  layout: Layout,
): Inputs {
  const isFirst = layout === 'channelsFirst';
  const shape = isFirst ? [samples, channels, ...spatial] : [samples, ...spatial, channels];
  return {
    prediction: tf.tensor(isFirst ? first : last, shape),
    target: tf.tensor(labels, [samples, ...spatial], 'int32'),
  };
}

function measured(
  backend: Backend,
  inputs: Inputs,
  step: () => { readonly value: tf.Tensor; readonly gradient: tf.Tensor },
): Rival {
  return {
    step: async () => {
      await use(backend);
      const before = performance.now();
      const { value, gradient } = tf.tidy(step);
      const loss = value.dataSync()[0] ?? Number.NaN;
      // The cpu backend has computed by now, the wasm backend too: both are synchronous.
      const milliseconds = performance.now() - before;
      tf.dispose([value, gradient]);
      return { loss, milliseconds };
    },
    close: async () => {
      await use(backend);
      tf.dispose([inputs.prediction, inputs.target]);
    },
  };
}

async function use(backend: Backend): Promise<void> {
  if (tf.getBackend() === backend) return;
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  setWasmPaths(`${join(folder, 'dist')}/`);
  tf.enableProdMode();
  await tf.setBackend(backend);
}
