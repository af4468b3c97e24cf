import type { Batch, Tensor } from '../arbitraries/batch.js';

/** Cuts every tensor of a batch in two along its first or last axis. */
export function halves(batch: Batch, axis: 'first' | 'last', cut: number): readonly Batch[] {
  const piece = (from: number, to: number | undefined): Batch => {
    const of = (tensor: Tensor): Tensor => sliced(tensor, axis, from, to);
    const { prediction, target, mask } = batch;
    return {
      prediction: of(prediction),
      target: of(target),
      ...(mask === undefined ? {} : { mask: of(mask) }),
    };
  };
  return [piece(0, cut), piece(cut, undefined)];
}

function sliced(
  { shape, data }: Tensor,
  axis: 'first' | 'last',
  from: number,
  to: number | undefined,
): Tensor {
  const at = axis === 'first' ? 0 : shape.length - 1;
  const length = shape[at] ?? 1;
  const inner = shape.slice(at + 1).reduce((product, size) => product * size, 1);
  const end = to ?? length;
  return {
    shape: shape.map((size, index) => (index === at ? end - from : size)),
    data: data.filter((_, position) => {
      const index = Math.floor(position / inner) % length;
      return index >= from && index < end;
    }),
  };
}
