import type { Tensor } from '../arbitraries/batch.js';

/** Tensors one after the other along their first or last axis. */
export function joined(
  tensors: readonly { readonly shape: readonly number[]; readonly data: ArrayLike<number> }[],
  axis: 'first' | 'last',
): Tensor {
  const [{ shape } = { shape: [] }] = tensors;
  const at = axis === 'first' ? 0 : shape.length - 1;
  const lengths = tensors.map((tensor) => tensor.shape[at] ?? 1);
  const length = lengths.reduce((sum, each) => sum + each, 0);
  const outer = shape.slice(0, at).reduce((product, size) => product * size, 1);
  const inner = shape.slice(at + 1).reduce((product, size) => product * size, 1);
  const data = Array.from({ length: outer }, (_, row) =>
    tensors.flatMap((tensor, number) => {
      const run = (lengths[number] ?? 1) * inner;
      return Array.from(tensor.data).slice(row * run, (row + 1) * run);
    }),
  ).flat();
  return { shape: shape.map((size, index) => (index === at ? length : size)), data };
}
