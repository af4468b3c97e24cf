import { exportLoss } from '@softdice/onnx';
import * as ort from 'onnxruntime-node';
import type { Entry } from '../rival.js';

/** softdice's graph of loss and gradient, on one thread. */
export const onnxruntime: Entry = {
  name: 'softdice ONNX, onnxruntime-node, channelsFirst',
  start: async ({ samples, channels, spatial, spec, first, labels }) => {
    const bytes = exportLoss(spec, {
      spatialRank: spatial.length === 2 ? 2 : 3,
      outputs: ['loss', 'gradient'],
    });
    const session = await ort.InferenceSession.create(bytes, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
    });
    const shape = [samples, ...spatial];
    const target =
      channels === 1
        ? new ort.Tensor('float32', Float32Array.from(labels), [samples, 1, ...spatial])
        : new ort.Tensor('int64', BigInt64Array.from(labels, BigInt), shape);
    const feeds = {
      prediction: new ort.Tensor('float32', first, [samples, channels, ...spatial]),
      target,
    };
    return {
      step: async () => {
        const { loss } = await session.run(feeds);
        return { loss: Number(loss?.data[0]) };
      },
      close: () => session.release(),
    };
  },
};
