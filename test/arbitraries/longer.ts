import type { Case, Tensor } from './batch.js';

/** A case of one spatial axis with its voxels repeated until there are so many. */
export function longer(drawn: Case, voxels: number): Case {
  const repeated = ({ shape, data }: Tensor): Tensor => {
    const length = shape.at(-1) ?? 1;
    const rows = data.length / length;
    return {
      shape: [...shape.slice(0, -1), voxels],
      data: Array.from({ length: rows * voxels }, (_, at) => {
        const row = Math.floor(at / voxels);
        return data[row * length + ((at % voxels) % length)] ?? Number.NaN;
      }),
    };
  };
  const { prediction, target, mask } = drawn.batch;
  const batch = {
    prediction: repeated(prediction),
    target: repeated(target),
    ...(mask === undefined ? {} : { mask: repeated(mask) }),
  };
  return { ...drawn, batch };
}
