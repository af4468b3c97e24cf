import '@tensorflow/tfjs-backend-webgpu';
import type { LossSpec, MetricPlan } from '@softdice/core';
import {
  dice,
  type Layout,
  lossFunction,
  type Path,
  pathOf,
  valueAndGradient,
} from '@softdice/tfjs';
import { shaders } from '@softdice/tfjs/webgpu';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { wasmHeap } from '../../../packages/tfjs/src/fused/wasm-heap.js';
import type { Batch, Tensor } from '../../arbitraries/batch.js';
import { evaluatedMetric } from '../../conformance/metric-evaluated.js';
import type { MetricOutcome } from '../../conformance/metric-target.js';
import type { Outcome, Result } from '../../conformance/target.js';
import { evaluated, type TfjsOptions } from '../../conformance/tfjs-evaluated.js';
import { deviceWork } from './device-work.js';
import { type Spoiled, spoiledShaders } from './spoiled-shaders.js';

/** What the tests call in this page. */
export interface ConformancePage {
  /** Makes a backend the current one; throws where the browser has not got it. */
  readonly use: (backend: string) => Promise<void>;
  /** Runs a loss; numbers leave the page in plain arrays. */
  readonly evaluate: (
    spec: LossSpec,
    batch: Batch,
    cotangent: Tensor | undefined,
    options: Omit<TfjsOptions, 'shaders'>,
  ) => Promise<Outcome>;
  /** Runs a hard score. */
  readonly evaluateMetric: (
    metric: MetricPlan,
    batch: Batch,
    layout: Layout,
  ) => Promise<MetricOutcome>;
  readonly pathOf: (spec: LossSpec, given: 'shaders' | 'no shaders') => Promise<Path>;
  /** What loss and gradient of a small batch ask of the device. */
  readonly work: (spec: LossSpec, options: Omit<TfjsOptions, 'shaders'>) => Promise<Work>;
  /** What tfjs says of programs for a batch of 2×128³ voxels, none of which runs; nothing where they are small enough. */
  readonly largest: (spec: LossSpec, options: Omit<TfjsOptions, 'shaders'>) => string;
  /** What is said of logits where probabilities are due, and how many tensors that leaves. */
  readonly refusal: () => { readonly message: string; readonly left: number };
  /** How far the gradient of the tape is from the direct one, and how many tensors that leaves. */
  readonly taped: (spec: LossSpec) => Promise<{ readonly off: number; readonly left: number }>;
  /** What becomes of a loss one of whose shaders does not compile. */
  readonly spoiled: (spec: LossSpec) => Promise<Spoiled>;
  readonly wasmIsThreaded: () => boolean;
  /** Whether the page may not make functions from text. */
  readonly refusesText: boolean;
}

/** Shaders that ran, and the most memory in use, in sizes of the prediction. */
export interface Work {
  readonly programs: number;
  readonly memory: number;
  /** Tensors whose numbers were brought from outside. */
  readonly uploads: number;
}

declare global {
  var conformance: ConformancePage;
}

tf.enableProdMode();
setWasmPaths('/wasm/');

const plain = ({ shape, data }: Result): Result => ({ shape, data: Array.from(data) });

const plainEach = (results: Readonly<Record<string, Result>>): Readonly<Record<string, Result>> =>
  Object.fromEntries(Object.entries(results).map(([name, result]) => [name, plain(result)]));

/** Leaves the call of a debugger, for which the content security policy is off. */
const ownTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

const refusesText = ((): boolean => {
  try {
    return new Function('return false')() as boolean;
  } catch {
    return true;
  }
})();

globalThis.conformance = {
  use: async (backend) => {
    if (!(await tf.setBackend(backend))) throw new Error(`no backend ${backend}`);
  },
  evaluate: async (spec, batch, cotangent, options) => {
    await ownTask();
    const { loss, gradient, scores, statistics } = await evaluated(spec, batch, cotangent, {
      ...options,
      shaders,
    });
    return {
      loss: plain(loss),
      gradient: plain(gradient),
      scores: plain(scores),
      statistics: plainEach(statistics),
    };
  },
  evaluateMetric: async (metric, batch, layout) => {
    await ownTask();
    const { score, scores, statistics } = await evaluatedMetric(metric, batch, layout, 'auto');
    return { score: plain(score), scores: plain(scores), statistics: plainEach(statistics) };
  },
  pathOf: async (spec, given) => {
    await ownTask();
    return pathOf(spec, given === 'shaders' ? { shaders } : {});
  },
  work: async (spec, options) => {
    const step = valueAndGradient(spec, { ...options, shaders });
    const size = [16, 64];
    const shape = options.layout === 'channelsLast' ? [2, ...size, 4] : [2, 4, ...size];
    const prediction = tf.randomUniform(shape, -1, 1, 'float32', 1);
    const target = tf.randomUniform([2, ...size], 0, 4, 'int32', 2);
    const run = (): void => {
      step({ prediction, target });
    };
    // The first run uploads the inputs.
    tf.tidy(run);
    await prediction.data();
    const { programs, peakBytes, uploads } = deviceWork(run);
    tf.dispose([prediction, target]);
    return { programs, memory: peakBytes / prediction.size / 4, uploads };
  },
  largest: (spec, options) => {
    const backend = tf.backend() as unknown as { recordAndSubmit: () => void };
    const { recordAndSubmit } = backend;
    backend.recordAndSubmit = () => undefined;
    const size = [128, 128, 128];
    const shape = options.layout === 'channelsLast' ? [2, ...size, 4] : [2, 4, ...size];
    try {
      tf.tidy(() => {
        const inputs = { prediction: tf.zeros(shape), target: tf.zeros([2, ...size], 'int32') };
        valueAndGradient(spec, options)(inputs);
      });
      return '';
    } catch (error) {
      return String(error);
    } finally {
      backend.recordAndSubmit = recordAndSubmit;
    }
  },
  taped: async (spec) => {
    const inputs = {
      prediction: tf.tensor([
        [2, 0.5, -1],
        [0, 0, 1],
      ]),
      target: tf.tensor([0, 1], [2], 'int32'),
    };
    const before = tf.memory().numTensors;
    const difference = tf.tidy(() => {
      const { gradient } = valueAndGradient(spec, { kernels: 'fused', shaders })(inputs);
      const loss = lossFunction(spec, { kernels: 'fused', shaders });
      const taped = tf.grad((x: tf.Tensor) => tf.mul(loss(inputs.target, x), 3))(inputs.prediction);
      return tf.max(tf.abs(tf.sub(taped, tf.mul(gradient, 3))));
    });
    const [off = Number.NaN] = await difference.data();
    difference.dispose();
    const left = tf.memory().numTensors - before;
    tf.dispose(inputs);
    return { off, left };
  },
  refusal: () => {
    const inputs = { prediction: tf.tensor([[0.5, 2]]), target: tf.tensor([[0, 1]]) };
    const before = tf.memory().numTensors;
    try {
      valueAndGradient(dice(), { check: true })(inputs);
      return { message: 'nothing', left: 0 };
    } catch (error) {
      return { message: String(error), left: tf.memory().numTensors - before };
    } finally {
      tf.dispose(inputs);
    }
  },
  spoiled: spoiledShaders,
  wasmIsThreaded: () => wasmHeap()?.memory.buffer instanceof SharedArrayBuffer,
  refusesText,
};
