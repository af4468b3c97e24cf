import { compile, dice } from '@softdice/core';
import { fusedLoss } from '@softdice/core/wasm';

/** Scores and gradient of a cube with a class of 100 voxels, beside float64. */
export async function accuracyText(side: number): Promise<string> {
  const voxels = side ** 3;
  const labels = new Int32Array(voxels);
  for (let at = 0; at < 100; at++) labels[Math.floor((voxels * (at + 0.5)) / 100)] = 1;
  // What an untrained network emits is equal everywhere: the worst case for a sum.
  const logits = new Float32Array(2 * voxels);
  logits.fill(-1.3, voxels);
  const shape = [side, side, side];
  const spec = dice({ target: 'labels', activation: 'softmax' });
  const { scores, gradient } = fusedLoss(compile(spec))({
    prediction: { shape: [1, 2, ...shape], data: logits },
    target: { shape: [1, ...shape], data: labels },
  });
  const counts = [voxels - 100, 100];
  const smooth = 1e-5;
  const difference = Math.fround(-1.3);
  const parts = counts.map((count, at) => {
    const probability = 1 / (1 + Math.exp(at === 0 ? difference : -difference));
    const total = voxels * probability + count + smooth;
    return { probability, score: (2 * count * probability + smooth) / total, total };
  });
  const offScores = parts.map(({ score }, at) => Math.abs((scores.data[at] ?? Number.NaN) - score));
  const slope = (at: number, isHit: boolean): number => {
    const { score = 0, total = 1 } = parts[at] ?? {};
    return (score - (isHit ? 2 : 0)) / total / 2;
  };
  const product = parts.reduce((all, { probability }) => all * probability, 1);
  let [offGradient, largest] = [0, 0];
  for (let voxel = 0; voxel < voxels; voxel++) {
    const label = labels[voxel] ?? 0;
    const expected = product * (slope(1, label === 1) - slope(0, label === 0));
    largest = Math.max(largest, Math.abs(expected));
    offGradient = Math.max(offGradient, Math.abs((gradient[voxels + voxel] ?? 0) - expected));
  }
  return [
    `Equal logits at ${side}³ voxels, a class of 100 voxels among them: scores are off by`,
    `${offScores.map((off) => off.toExponential(1)).join(' and ')} (relative ${parts
      .map(({ score }, at) => ((offScores[at] ?? 0) / score).toExponential(1))
      .join(' and ')}), the gradient by`,
    `${(offGradient / largest).toExponential(1)} of its largest element.`,
    '',
  ].join('\n');
}
