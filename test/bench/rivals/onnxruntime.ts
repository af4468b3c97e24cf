import { exportLoss } from '@softdice/onnx';
import * as ort from 'onnxruntime-node';
import type { Problem } from '../problem.js';
import type { Entry, Rival } from '../rival.js';

/** softdice's graph of loss and gradient, on one thread. */
export const onnxruntime: Entry = {
  name: 'softdice ONNX, onnxruntime-node, channelsFirst',
  start: (problem) => {
    const spatialRank = problem.spatial.length === 2 ? 2 : 3;
    return inSession(
      problem,
      exportLoss(problem.spec, { spatialRank, outputs: ['loss', 'gradient'] }),
    );
  },
};

/** A model with inputs `prediction` and `target` on one thread. */
export async function inSession(
  { samples, channels, spatial, first, labels }: Problem,
  model: Uint8Array,
): Promise<Rival> {
  const session = await ort.InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  const target =
    channels === 1
      ? new ort.Tensor('float32', Float32Array.from(labels), [samples, 1, ...spatial])
      : new ort.Tensor('int64', BigInt64Array.from(labels, BigInt), [samples, ...spatial]);
  const prediction = new ort.Tensor('float32', first, [samples, channels, ...spatial]);
  return {
    step: async () => {
      const { loss } = await session.run({ prediction, target });
      return { loss: Number(loss?.data[0]) };
    },
    close: () => session.release(),
  };
}
