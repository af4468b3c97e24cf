import type { LossSpec } from '@softdice/core';
import { lossFunction } from '@softdice/tfjs';
import { shaders } from '@softdice/tfjs/webgpu';
import * as tf from '@tensorflow/tfjs';

/** What becomes of a loss one of whose shaders does not compile. */
export interface Spoiled {
  /** What is thrown by two readings of its first result at once, and by reading another tensor afterwards. */
  readonly readings: readonly string[];
  readonly afterwards: string;
  /** What kernels 'fused' throw at the next step. */
  readonly fused: string;
  /** The loss of the next step, and of another that has no shaders. */
  readonly next: number;
  readonly expected: number;
}

interface Backend {
  readonly device: { createShaderModule: (descriptor: { readonly code: string }) => object };
}

/** Makes the device compile text that is no WGSL for the shaders of one loss. */
export async function spoiledShaders(spec: LossSpec): Promise<Spoiled> {
  const { device } = tf.backend() as unknown as Backend;
  const compile = device.createShaderModule;
  const prediction = tf.tensor([[[2, 0.5, -1, 3]]]);
  const target = tf.tensor([[0]], [1, 1], 'int32');
  const lossOf = (kernels: 'auto' | 'fused' | 'ops') => lossFunction(spec, { kernels, shaders });
  const [loss, strict] = [lossOf('auto'), lossOf('fused')];
  const thrown = (reading: Promise<unknown>): Promise<string> => reading.then(() => '', String);
  const spoil = async (f: () => tf.Tensor): Promise<string[]> => {
    device.createShaderModule = ({ code }) =>
      compile.call(device, {
        code: code.replace('let sample = u32(index)', 'let sample = nothing'),
      });
    const made = f();
    device.createShaderModule = compile;
    const readings = await Promise.all([thrown(made.data()), thrown(prediction.mul(1).data())]);
    made.dispose();
    return readings;
  };
  const readings = await spoil(() => loss(target, prediction));
  const afterwards = await thrown(prediction.mul(2).data());
  await spoil(() => strict(target, prediction));
  let fused = '';
  try {
    strict(target, prediction);
  } catch (error) {
    fused = String(error);
  }
  const [next = Number.NaN] = await loss(target, prediction).data();
  const [expected = Number.NaN] = await lossOf('ops')(target, prediction).data();
  return { readings, afterwards, fused, next, expected };
}
