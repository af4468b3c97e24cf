import { exportLoss } from '@softdice/onnx';
import * as ort from 'onnxruntime-node';
import type { Problem } from '../problem.js';
import type { Entry, Rival } from '../rival.js';

type Layout = 'channelsFirst' | 'channelsLast';

/** What onnxruntime keeps between runs; both by default. */
interface Kept {
  readonly enableCpuMemArena: boolean;
  /** Blocks of an arena laid out beforehand. */
  readonly enableMemPattern: boolean;
}

const everything: Kept = { enableCpuMemArena: true, enableMemPattern: true };

/** softdice's graph of loss and gradient, on one thread; all voxels at once, or blocks of them. */
export function onnxruntime(
  layout: Layout,
  kept: Kept = everything,
  blockSize: 'all' | number = 'all',
): Entry {
  const without = kept.enableCpuMemArena ? 'memory pattern' : 'arena and memory pattern';
  const words = kept.enableMemPattern ? '' : ` without ${without}`;
  const graph = blockSize === 'all' ? 'softdice ONNX' : 'softdice ONNX in blocks';
  return {
    name: `${graph}, onnxruntime-node${words}, ${layout}`,
    start: (problem) => {
      const spatialRank = problem.spatial.length === 2 ? 2 : 3;
      const outputs = ['loss', 'gradient'] as const;
      const model = exportLoss(problem.spec, { spatialRank, layout, outputs, blockSize });
      return inSession(problem, model, layout, kept);
    },
  };
}

/** A model with inputs `prediction` and `target` on one thread. */
export async function inSession(
  problem: Problem,
  model: Uint8Array,
  layout: Layout = 'channelsFirst',
  kept: Kept = everything,
): Promise<Rival> {
  const threads = { intraOpNumThreads: 1, interOpNumThreads: 1 };
  const session = await ort.InferenceSession.create(model, { ...threads, ...kept });
  const { prediction, target } = tensorsOf(problem, layout);
  return {
    step: async () => {
      const { loss } = await session.run({ prediction, target });
      return { loss: Number(loss?.data[0]) };
    },
    close: () => session.release(),
  };
}

function tensorsOf(
  { samples, channels, spatial, first, last, labels }: Problem,
  layout: Layout,
): { readonly prediction: ort.Tensor; readonly target: ort.Tensor } {
  const isFirst = layout === 'channelsFirst';
  const shape = (of: number): readonly number[] =>
    isFirst ? [samples, of, ...spatial] : [samples, ...spatial, of];
  return {
    prediction: new ort.Tensor('float32', isFirst ? first : last, shape(channels)),
    target:
      channels === 1
        ? new ort.Tensor('float32', Float32Array.from(labels), shape(1))
        : new ort.Tensor('int64', BigInt64Array.from(labels, BigInt), [samples, ...spatial]),
  };
}
